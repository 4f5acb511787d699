"""A talk ends, a consultation begins: what counts, what does not and why, and what a dispute changes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from ambassadors.models import Consultation, Move
from ambassadors.services import consultations, moves
from chat.models import Message, MessageReport
from chat.services import help as helping
from chat.services import messages
from community.models import Activity, Notification
from tests import factories
from tests.ambassadors import pay_world as world
from tests.chat import desks
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = world.NOW


def test_a_talk_that_counts_is_payable_with_the_fee_of_its_moment() -> None:
    mara = world.ambassador()
    made = world.close(world.talk(mara), mara)
    assert (made.member, made.state, made.why) == (mara.member, "payable", "")
    assert (made.helper_messages, made.visitor_replies, made.fee) == (2, 1, Decimal("4.50"))
    assert [(m.before, m.after, m.by) for m in Move.objects.filter(kind="consultation")] == [
        ("closed", "payable", None)
    ]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"helper": 1}, "few_messages"),
        ({"helper": 0}, "few_messages"),
        ({"replies": 0}, "no_reply"),
        ({"about_order": True}, "order"),
    ],
)
def test_a_talk_that_does_not_count_says_why(given: dict[str, Any], why: str) -> None:
    mara = world.ambassador()
    made = world.close(world.talk(mara, **given), mara)
    assert (made.state, made.why) == ("not_qualified", why)


def test_words_from_before_the_ambassador_came_are_no_reply() -> None:
    mara = world.ambassador()
    asked = world.talk(mara, replies=1)
    Message.objects.filter(conversation=asked.conversation, visitor__isnull=False).update(at=NOW - timedelta(hours=1))
    assert world.close(asked, mara).why == "no_reply"


def test_a_message_that_is_gone_was_no_advice() -> None:
    mara = world.ambassador()
    asked = world.talk(mara)
    gone = Message.objects.filter(conversation=asked.conversation, member=mara.member).latest("seq")
    messages.delete(message=gone, at=NOW)
    assert world.close(asked, mara).why == "few_messages"


def test_what_the_ambassador_reported_as_spam_is_not_paid_unless_the_team_finds_it_is_none() -> None:
    mara, whys = world.ambassador(), []
    for outcome in ("", "removed", "kept"):
        asked = world.talk(mara)
        words = Message.objects.filter(conversation=asked.conversation, visitor__isnull=False).latest("seq")
        decided = {"outcome": outcome, "decided_by": factories.member(), "decided_at": NOW} if outcome else {}
        MessageReport.objects.create(message=words, member=mara.member, reason="spam", at=NOW, **decided)
        whys.append(world.close(asked, mara).why)
    assert whys == ["spam", "spam", ""]


def test_a_talk_with_the_team_is_no_consultation() -> None:
    ben = desks.agent()
    asked = world.talk(ben)
    helping.close(asked=asked, by=ben.member, at=NOW)
    world.work_off()
    assert not Consultation.objects.exists()


def test_delivered_twice_is_one_consultation() -> None:
    mara = world.ambassador()
    made = world.close(world.talk(mara), mara)
    deed = Activity.objects.get(verb="conversation.closed")
    consultations.handle([type("Again", (), {"activity": deed})()])  # all that is read of it
    assert list(Consultation.objects.all()) == [made]


def test_the_rating_changes_no_fee() -> None:
    mara = world.ambassador()
    fees = {world.consultation(mara, stars=stars).fee for stars in (1, 5)}
    assert fees == {Decimal("4.50")}


def test_a_dispute_is_decided_with_a_reason_that_the_ambassador_reads() -> None:
    mara, clara = world.ambassador(), world.manager()
    made = world.close(world.talk(mara, replies=0), mara)
    with refused(moves.ReasonMissing):
        consultations.dispute(consultation=made, by=mara.member, reason=" ", at=NOW)
    consultations.dispute(consultation=made, by=mara.member, reason="She thanked me by phone.", at=NOW)
    with refused(moves.ReasonMissing):
        consultations.decide(consultation=made, by=clara, counts=True, reason="", at=NOW)
    with refused(consultations.OwnMatter):
        consultations.decide(consultation=made, by=mara.member, counts=True, reason="I say so.", at=NOW)
    consultations.decide(consultation=made, by=clara, counts=True, reason="The log agrees.", at=NOW)
    made.refresh_from_db()
    assert (made.state, made.why) == ("payable", "")
    told = Notification.objects.get(kind="consultation.decided")
    assert (told.member, told.facts) == (mara.member, {"reason": "The log agrees.", "counts": True})
    assert [deed.verb for deed in Activity.objects.filter(verb__startswith="consultation.").order_by("pk")] == [
        "consultation.disputed",
        "consultation.decided",
    ]
    with refused(moves.NotPossible):
        consultations.decide(consultation=made, by=clara, counts=False, reason="Again.", at=NOW)


def test_a_manager_who_doubts_a_talk_says_so_to_the_ambassador() -> None:
    mara, clara = world.ambassador(), world.manager()
    made = world.close(world.talk(mara), mara)
    consultations.dispute(consultation=made, by=clara, reason="The visitor was your brother.", at=NOW)
    consultations.decide(consultation=made, by=clara, counts=False, reason="He says so himself.", at=NOW)
    made.refresh_from_db()
    assert (made.state, made.why) == ("not_qualified", "decided")
    kinds = Notification.objects.filter(member=mara.member).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["consultation.questioned", "consultation.decided"]


def test_after_sixty_days_nothing_is_disputed() -> None:
    mara = world.ambassador()
    made = world.close(world.talk(mara, helper=1), mara)
    late = made.closed_at + consultations.DISPUTABLE + timedelta(seconds=1)
    with refused(consultations.TooLate):
        consultations.dispute(consultation=made, by=mara.member, reason="I forgot.", at=late)
