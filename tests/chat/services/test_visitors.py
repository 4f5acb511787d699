"""Visitors of the shop are forgotten: by themselves after a while, and with the member that they were."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from chat.models import HelpRequest, Message, RoutingDecision, Visitor, VisitorSession
from chat.services import help as helping
from chat.services import visitor_sessions, visitors
from community.models import ShopCustomer
from community.services import erasure, retention
from tests import factories
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
