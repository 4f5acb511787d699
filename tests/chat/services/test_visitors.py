"""Visitors of the shop are forgotten: by themselves after a while, and with the member that they were."""

from __future__ import annotations

import io
import uuid
import zipfile
from datetime import datetime, timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from chat.models import Attachment, HelpRequest, Message, RoutingDecision, Visitor, VisitorSession
from chat.services import attachments, visitor_sessions, visitors
from chat.services import help as helping
from community.models import ShopCustomer
from community.services import erasure, exports, retention
from tests import factories
from tests.chat import world
from tests.chat.shops import SHOP, visitor, vouched, widget

pytestmark = pytest.mark.django_db


def talked(at: datetime | None = None) -> Visitor:
    """A customer of the shop who asked something and left an address."""
    shop = widget()
    session, _token = visitor_sessions.begin(widget=shop, origin=SHOP, language="de", at=at or timezone.now())
    told = vouched(shop, email="lena@shop.example", crm={"vip": True})
    row = visitors.identify(session=session, token=told, at=timezone.now()).visitor
    context = helping.Context(page_url=f"{SHOP}/aurora", page_title="Aurora", cart=[{"sku": "A"}])
    helping.ask(by=row, context=context, question="Is it loud?", at=at or timezone.now())
    Visitor.objects.filter(pk=row.pk).update(seen_at=at or timezone.now())
    return row


def shown(row: Visitor) -> str:
    """Where the picture lies that the visitor has sent."""
    place = row.participations.select_related("conversation", "member", "visitor").get()
    file = attachments.encode(io.BytesIO(world.photo()), "kitchen.jpg")
    at = place.conversation.active_at
    attachments.send(participant=place, client_id=uuid.uuid4(), body="", file=file, at=at)
    return str(Attachment.objects.get().file.name)


def assert_forgotten(row: Visitor) -> None:
    row.refresh_from_db()
    assert (row.name, row.email, row.crm, row.customer) == ("", "", {}, None)
    assert row.erased_at is not None
    asked = HelpRequest.objects.get()
    assert (asked.crm, asked.cart, asked.page_url, asked.page_title) == ({}, [], "", "")
    assert [(line.seq, line.body) for line in Message.objects.filter(visitor=row)] == [(1, "")]
    assert set(RoutingDecision.objects.values_list("situation__crm", flat=True)) <= {None}
    assert not VisitorSession.objects.filter(visitor=row).exists()


def test_a_forgotten_visitor_leaves_a_log_without_a_gap() -> None:
    row = talked()

    visitors.erase(visitor=row, at=timezone.now())

    assert_forgotten(row)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["by themselves", "with the member", "after ninety days"])
def test_with_a_visitor_their_files_go(way: str) -> None:
    row = talked(timezone.now() - timedelta(days=91) if way == "after ninety days" else None)
    name = shown(row)
    assert storages["private"].exists(name)

    if way == "by themselves":
        visitors.erase(visitor=row, at=timezone.now())
    elif way == "with the member":
        member = factories.member()
        ShopCustomer.objects.filter(ref="K-7").update(member=member)
        erasure.erase(member=member, by=member, at=timezone.now())
    else:
        retention.purge(at=timezone.now())

    assert (Attachment.objects.count(), storages["private"].exists(name)) == (0, False)


def test_what_a_visitor_sent_is_in_the_members_export() -> None:
    row, out = talked(), io.BytesIO()
    name = shown(row)
    member = factories.member()
    ShopCustomer.objects.filter(ref="K-7").update(member=member)

    exports.write(member, out)

    held = zipfile.ZipFile(out).namelist()
    assert [entry for entry in held if entry.endswith(name.rpartition("/")[2])] != []


def test_after_ninety_days_a_visitor_is_forgotten() -> None:
    row = talked(timezone.now() - timedelta(days=91))
    recent, _token = visitor()

    retention.purge(at=timezone.now())

    assert_forgotten(row)
    recent.refresh_from_db()
    assert recent.erased_at is None


def test_whoever_was_written_to_lately_is_not_forgotten() -> None:
    row = talked(timezone.now() - timedelta(days=91))
    conversation = row.participations.get().conversation
    conversation.active_at = timezone.now() - timedelta(days=3)
    conversation.save(update_fields=["active_at"])

    retention.purge(at=timezone.now())

    row.refresh_from_db()
    assert row.erased_at is None


def test_with_the_member_the_visitor_is_forgotten() -> None:
    row = talked()
    member = factories.member()
    ShopCustomer.objects.filter(ref="K-7").update(member=member)

    erasure.erase(member=member, by=member, at=timezone.now())

    assert_forgotten(row)


def test_with_a_member_goes_what_was_known_when_they_asked() -> None:
    member = factories.member()
    context = helping.Context(page_url=f"{SHOP}/aurora", page_title="Aurora", cart=[{"sku": "A"}])
    asked = helping.ask(by=member, context=context, question="Is it loud?", at=timezone.now())

    erasure.erase(member=member, by=member, at=timezone.now())

    asked.refresh_from_db()
    assert (asked.page_url, asked.page_title, asked.cart) == ("", "", [])
    assert list(RoutingDecision.objects.values_list("situation", flat=True)) == [{}]
