"""Why things moved: the precise cause of each deed, in the language of whoever reads it, and in the own export."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone, translation

from ambassadors.models import Move, Shipment, Tester
from ambassadors.queries import moves
from ambassadors.services import (
    applications,
    draws,
    invitations,
    product_tests,
    programme,
    registrations,
    shipments,
    testers,
)
from community.services import erasure
from tests import factories
from tests.ambassadors import event_world, parcels, pay_world, programme_world, recruiting
from tests.ambassadors import product_tests as tests
from tests.community.services.test_exports import written

pytestmark = pytest.mark.django_db


def told(*subjects: Model) -> list[tuple[str, str, str]]:
    """Where the moves lead, by whom and why; nobody's are the clock's."""
    return [(move.after, str(move.by or "clock"), move.reason or move.cause) for move in moves.history(*subjects)]


def test_a_seat_at_an_event_says_whether_it_was_there_or_came_free() -> None:
    event, clara = event_world.event(capacity=1), factories.member("Clara")
    mara, lena, ben = (factories.member(name) for name in ("Mara", "Lena", "Ben"))
    rows = [event_world.register(event, member) for member in (mara, lena, ben)]
    registrations.cancel(event=event, member=mara, at=timezone.now())
    erasure.erase(member=lena, by=lena, at=timezone.now())
    registrations.check_in(registration=rows[2], by=clara, at=event.starts_at)
    rows[2].refresh_from_db()
    registrations.undo_check_in(registration=rows[2], by=clara, at=event.starts_at)
    registrations.note_missing(event=event, by=clara, at=event.ends_at)
    registrations.check_in(registration=rows[2], by=clara, at=event.ends_at)

    assert told(rows[0]) == [("registered", "Mara", "seat_there"), ("cancelled", "Mara", "guest_left")]
    assert [why for _after, _by, why in told(rows[1])] == ["seat_came_free", "account_deleted"]
    assert told(rows[2]) == [
        ("registered", "clock", "seat_came_free"),
        ("attended", "Clara", "at_the_door"),
        ("registered", "Clara", "door_mistake"),
        ("missed", "Clara", "not_there"),
        ("registered", "Clara", "there_after_all"),
        ("attended", "Clara", "at_the_door"),
    ]


def test_a_seat_in_a_test_says_whether_it_was_drawn_or_came_free() -> None:
    test = tests.recruiting(seats=1)
    for name in ("Mara", "Lena", "Ben"):
        tests.applied(test, factories.member(name))
    tests.drawn(test)
    first, second, third = tests.by_rank(test)
    invitations.decline(tester=first, at=tests.drawn_at(test))
    erasure.erase(member=second.member, by=second.member, at=tests.drawn_at(test))
    invitations.lapse(at=tests.drawn_at(test) + timedelta(days=test.answer_days, seconds=1))

    host, name = str(test.host), str(first.member)
    assert told(first) == [
        ("waiting", host, "seats_drawn"), ("invited", host, "seats_drawn"), ("declined", name, "seat_left"),
    ]  # fmt: skip
    assert [why for _after, _by, why in told(second)] == ["seats_drawn", "seat_came_free", "account_deleted"]
    assert told(third)[1:] == [("invited", "clock", "seat_came_free"), ("lapsed", "clock", "no_answer")]


def test_a_way_through_a_test_is_told_from_the_opening_to_the_end() -> None:
    test = tests.recruiting(seats=1, at=timezone.now())
    mara, lena = tests.applied(test, factories.member("Mara")), tests.applied(test, factories.member("Lena"))
    testers.withdraw(tester=mara, at=timezone.now())
    tests.applied(test, mara.member)
    draws.work_off(at=test.apply_until)
    draws.draw_seats(test=test, by=test.host, at=tests.drawn_at(test))
    seated, left = tests.by_rank(test)
    invitations.accept(tester=seated, at=tests.drawn_at(test))
    product_tests.ship(test=test, by=test.host, at=tests.drawn_at(test))

    host = str(test.host)
    assert told(test) == [
        ("recruiting", host, "opened"), ("drawing", "clock", "time_to_apply_over"), ("shipping", host, "all_answered"),
    ]  # fmt: skip
    assert [why for _after, _by, why in told(mara)][:2] == ["tester_left", "applied_again"]
    assert {told(seated)[-1], told(left)[-1]} == {
        ("accepted", str(seated.member), "seat_taken"), ("lost", host, "no_seat"),
    }  # fmt: skip
    assert lena in (seated, left)


def test_a_parcel_says_who_knows_that_it_arrived_and_why_it_was_not_sent() -> None:
    test = parcels.running("shipping")
    own, others, late, gone = (parcels.participant(test, factories.member(name)) for name in ("A", "B", "C", "D"))
    parcels.arrived(own)
    shipments.arrive(shipment=parcels.sent(others), by=test.host, at=timezone.now())
    parcels.parcel(late), parcels.parcel(gone)
    shipments.forget(gone.member, timezone.now())
    shipments.end(test=test, by=test.host, at=timezone.now())

    def last(of: Tester) -> tuple[str, str, str]:
        return told(Shipment.objects.get(tester=of))[-1]

    assert [last(one) for one in (own, others, late, gone)] == [
        ("delivered", "A", "tester_has_it"),
        ("delivered", "Clara Holm", "carrier_says_so"),
        ("cancelled", "Clara Holm", "test_over"),
        ("cancelled", "clock", "account_deleted"),
    ]


def test_an_ambassador_who_deletes_the_account_left_for_that() -> None:
    mara, novice = programme_world.active(), programme_world.onboarding()
    for row in (mara, novice):
        programme.forget(row.member, timezone.now())
    assert [(after, why) for after, _by, why in told(mara)] == [
        ("active", "all_done"), ("leaving", "account_deleted"), ("alumni", "nothing_owed"),
    ]  # fmt: skip
    assert [why for _after, _by, why in told(novice)] == ["account_deleted"]
    other = programme_world.onboarding()
    programme.leave(ambassador=other, by=other.member, at=timezone.now())
    assert told(other) == [("alumni", str(other.member), "training_left")]


@pytest.mark.parametrize(("given", "cause"), [({}, "qualified"), ({"helper": 1}, "few_messages")])
def test_a_talk_says_what_it_lacks_or_that_it_lacks_nothing(given: dict[str, Any], cause: str) -> None:
    mara = pay_world.ambassador()
    assert [why for _after, _by, why in told(pay_world.close(pay_world.talk(mara, **given), mara))] == [cause]


def test_everybody_reads_a_cause_in_their_own_language_and_words_as_they_were_said() -> None:
    sent = recruiting.submitted()
    (move,) = moves.history(sent)
    with translation.override("en"):
        assert move.why == "The application was sent"
    with translation.override("de"):
        assert move.why == "Die Bewerbung wurde abgeschickt"
    applications.withdraw(application=sent, at=timezone.now(), reason="A new job.")
    assert moves.history(sent)[-1].why == "A new job."


def test_a_cause_and_words_exclude_each_other() -> None:
    for both in ({}, {"reason": "So.", "cause": "sent"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Move.objects.create(
                kind="application", subject_id=1, before="draft", after="submitted", at=timezone.now(), **both
            )


def test_the_own_export_has_each_move_with_its_reason_and_nobodys_name() -> None:
    clara, lena = pay_world.manager(), factories.member("Lena Sommer", language="de")
    sent = recruiting.submitted(member=lena)
    recruiting.moved(sent, clara, "screened", reason="Gern gelesen.")
    recruiting.submitted()
    event = event_world.event(capacity=1)
    event_world.register(event, clara), event_world.register(event, lena)
    registrations.cancel(event=event, member=clara, at=timezone.now())

    found = written(lena)["moves"]
    assert [(row["kind"], row["to"], row["by"], row["reason"]) for row in found] == [
        ("application", "Eingegangen", "Du", "Die Bewerbung wurde abgeschickt"),
        ("application", "Gelesen", "Das Team", "Gern gelesen."),
        ("registration", "hat einen Platz", "automatisch", "Ein Platz ist frei geworden"),
    ]
    assert [row["kind"] for row in written(clara)["moves"]] == ["registration", "registration"]
