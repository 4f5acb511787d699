"""Decisions: what live evaluation keeps of them, what waits, and what an undo gives back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from community.models import Answer, Delivery, Member
from community.services import answers, deliveries
from gamification.models import Balance, CapUse, DayCount, Decision, Due, Entry, PairDay, RuleVersion
from gamification.queries import decisions
from gamification.services import evaluation
from tests import factories
from tests.races.crowd import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]

ONCE = [{"per": "pair", "period": "week", "times": 1}]
TWO_PEOPLE = {"metric": "accepted_answers", "of": "recipient", "days": 90, "distinct": True, "is": "ge", "value": 2}


def let(**terms: Any) -> None:
    """Change what an accepted answer earns."""
    RuleVersion.objects.filter(verb="answer.accepted").update(**terms)


def accepted(helper: Member, *, by: Member | None = None) -> Answer:
    """An answer of the helper that ``by`` accepted, worked off."""
    made = factories.accepted_answer(factories.thread(by), helper)
    factories.work_off()
    return made


def undo(answer: Answer) -> None:
    answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
    factories.work_off()


def outcomes() -> list[str]:
    return list(Decision.objects.order_by("id").values_list("outcome", flat=True))


def told(helper: Member) -> list[list[str]]:
    """Why the helper got nothing, in English."""
    with translation.override("en"):
        return [row.sentences for row in decisions.explained(decisions.page_of(helper, cursor=None).results)]


def test_a_cap_says_that_it_was_reached_and_an_undo_makes_room(ambassador: Member, member: Member) -> None:
    let(limits=ONCE)
    first = accepted(ambassador, by=member)
    accepted(ambassador, by=member)
    assert outcomes() == ["granted", "capped"]
    assert told(ambassador) == [["A cap was reached: once a week through the same person."]]
    undo(first)
    assert list(CapUse.objects.values_list("times", "amount")) == [(0, 0)]
    accepted(ambassador, by=member)
    assert outcomes() == ["granted", "capped", "granted"]
    assert differences() == []


def test_a_refusal_tells_what_was_asked_for_and_what_was_found(ambassador: Member) -> None:
    let(condition=TWO_PEOPLE)
    accepted(ambassador)
    assert told(ambassador) == [
        [
            "What the rule asks for was not given.",
            "Asked for: accepted answers in 90 days from different people: at least 2.",
            "Found: accepted answers in 90 days from different people: 1.",
        ]
    ]
    accepted(ambassador)
    assert outcomes() == ["refused", "granted"]
    assert list(DayCount.objects.values_list("value", flat=True)) == [2]
    assert list(PairDay.objects.values_list("value", flat=True)) == [1, 1]
    assert differences() == []


def test_a_refusal_names_the_topic_and_product_that_it_found(ambassador: Member) -> None:
    wanted, found = factories.topic(name_en="Milk"), factories.topic(name_en="Descaling")
    machine, grinder = factories.product(name="Aurora S1"), factories.product(name="Mahl One")
    parts = [
        {"fact": "product", "is": "eq", "value": machine.pk}, {"fact": "topic", "is": "in", "value": [wanted.pk]},
    ]  # fmt: skip
    let(condition={"any": [{"level": True, "is": "ge", "value": 3}, *parts]})
    factories.accepted_answer(factories.thread(topic=found, product=grinder), ambassador)
    factories.work_off()
    assert told(ambassador)[0][1:] == [
        "Asked for: level: at least 3 or product: Aurora S1 or topic: Milk.",
        "Found: level 1.",
        "Found: product: Mahl One.",
        "Found: topic: Descaling.",
    ]


def test_a_reason_is_told_in_german_as_well(ambassador: Member) -> None:
    let(condition=TWO_PEOPLE)
    accepted(ambassador)
    with translation.override("de"):
        [row] = decisions.explained(decisions.page_of(ambassador, cursor=None).results)
    assert row.sentences[0] == "Was die Regel verlangt, war nicht gegeben."


def test_what_waits_is_decided_on_its_day(ambassador: Member) -> None:
    let(delay_days=14)
    accepted(ambassador)
    assert (outcomes(), Entry.objects.count(), Due.objects.count()) == (["waiting"], 0, 1)
    assert evaluation.settle(at=timezone.now() + timedelta(days=13)) == 0
    assert evaluation.settle(at=timezone.now() + timedelta(days=15)) == 1
    assert (outcomes(), Due.objects.count()) == (["granted"], 0)
    assert Balance.objects.get(currency="reputation").value == 10
    assert evaluation.settle(at=timezone.now() + timedelta(days=15)) == 0
    assert differences() == []


def test_what_is_taken_back_while_it_waits_is_never_paid(ambassador: Member) -> None:
    let(delay_days=14)
    undo(accepted(ambassador))
    assert evaluation.settle(at=timezone.now() + timedelta(days=15)) == 0
    assert (outcomes(), Entry.objects.count()) == (["refused"], 0)
    assert told(ambassador) == [["It was taken back before it was decided."]]
    assert differences() == []


def test_what_was_paid_late_is_taken_back_like_everything_else(ambassador: Member) -> None:
    let(delay_days=14, limits=ONCE)
    answer = accepted(ambassador)
    evaluation.settle(at=timezone.now() + timedelta(days=15))
    undo(answer)
    assert Balance.objects.get(currency="reputation").value == 0
    assert list(CapUse.objects.values_list("times", "amount")) == [(0, 0)]
    assert differences() == []


def test_the_uses_of_a_cap_outlive_a_version(ambassador: Member, member: Member) -> None:
    let(limits=ONCE)
    accepted(ambassador, by=member)
    [use] = CapUse.objects.all()
    day = timezone.localdate()
    assert (use.scope, use.start) == (
        f"week:pair:{ambassador.pk}:{member.pk}",
        date.fromordinal(day.toordinal() - day.weekday()),
    )


@pytest.mark.parametrize("condition", [{}, TWO_PEOPLE])
def test_the_number_of_queries_follows_neither_batch_nor_history(
    condition: dict[str, Any], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    let(condition=condition, limits=ONCE)
    for number in (3, 12):
        helper = factories.ambassador()
        for _ in range(number):
            factories.accepted_answer(factories.thread(), helper)
        handled = Delivery.objects.filter(consumer="gamification").count()
        with django_assert_max_num_queries(48):
            assert deliveries.consume(consumer="gamification", at=timezone.now()) == handled
