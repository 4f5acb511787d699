"""What a helper notes about somebody: theirs alone, in that person's copy of their data, and gone in time."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from chat.models import HelpRequest, Note, Visitor
from chat.queries import notes as reads
from chat.services import notes, visitors
from community.models import Member, ShopCustomer
from community.services import erasure, exports, retention
from tests import factories
from tests.chat import desks

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TEXT = "Small kitchen, two kids.\nThe timer socket worked."


def noted(text: str = TEXT, *, by_member: Member | None = None) -> HelpRequest:
    """A request with a note of its helper, of a visitor or of a member."""
    mara = desks.responder()
    asked = desks.helped(mara, desks.asked())
    if by_member is not None:
        HelpRequest.objects.filter(pk=asked.pk).update(visitor=None, member=by_member)
        asked.refresh_from_db()
    notes.keep(asked=asked, by=mara, text=text, at=NOW)
    return asked


def exported(member: Member) -> str:
    out = io.BytesIO()
    exports.write(member, out)
    with zipfile.ZipFile(out) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".json"))


def test_the_last_words_stay_once_and_nothing_takes_them_away() -> None:
    asked = noted("Small kitchen.")
    mara = asked.responder
    assert mara is not None

    notes.keep(asked=asked, by=mara, text=TEXT, at=NOW)
    assert (reads.of(asked, mara), Note.objects.count()) == (TEXT, 1)

    notes.keep(asked=asked, by=mara, text=" \n ", at=NOW)
    assert (reads.of(asked, mara), Note.objects.count()) == ("", 0)


def test_it_is_there_again_when_the_same_person_comes_back_and_for_nobody_else() -> None:
    asked = noted()
    mara, ben = asked.responder, desks.agent()
    assert mara is not None
    again, somebody_else = desks.asked("One more thing.", by=asked.visitor), desks.asked("Hello?")

    assert (reads.of(again, mara), reads.of(again, ben), reads.of(somebody_else, mara)) == (TEXT, "", "")


def test_a_member_finds_what_was_noted_about_them_and_what_they_noted_in_their_data() -> None:
    lena = factories.member("Lena Sommer")
    asked = noted(by_member=lena)
    assert asked.responder is not None

    assert [TEXT.splitlines()[0] in exported(who) for who in (lena, asked.responder.member)] == [True, True]


def test_a_visitor_who_is_a_member_finds_it_too() -> None:
    noted()
    lena = factories.member("Lena Sommer")
    customer = ShopCustomer.objects.create(ref="K-9", member=lena)
    Visitor.objects.update(customer=customer)

    assert TEXT.splitlines()[0] in exported(lena)


@pytest.mark.parametrize("who", ["asker", "helper", "visitor", "old"])
def test_it_goes_with_either_of_the_two_and_when_it_is_old(who: str) -> None:
    lena = factories.member("Lena Sommer") if who == "asker" else None
    asked = noted(by_member=lena)
    assert asked.responder is not None
    assert Note.objects.count() == 1

    if lena is not None:
        erasure.erase(member=lena, by=lena, at=NOW)
    elif who == "helper":
        erasure.erase(member=asked.responder.member, by=asked.responder.member, at=NOW)
    elif asked.visitor is not None and who == "visitor":
        visitors.erase(visitor=asked.visitor, at=NOW)
    else:
        Note.objects.update(at=NOW - timedelta(days=89))
        retention.purge(at=NOW)
        assert Note.objects.count() == 1
        retention.purge(at=NOW + timedelta(days=2))

    assert Note.objects.count() == 0
