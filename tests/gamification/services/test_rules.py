"""Rules: versions follow one another without gap or overlap, and the past keeps what it was promised."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.services import answers
from gamification.models import Balance, Rule, RuleVersion
from gamification.services import rules
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]
NOW = timezone.now()


@pytest.fixture
def rule() -> Rule:
    return Rule.objects.get(slug="answer-accepted")


def revise(rule: Rule, *, reputation: int = 25, credits_: int = 7, minutes: int = 0) -> RuleVersion:
    return rules.revise(
        rule=rule,
        verb="answer.accepted",
        recipient="beneficiary",
        reputation=reputation,
        credits=credits_,
        at=NOW + timedelta(minutes=minutes),
    )


def windows(rule: Rule) -> list[tuple[int, object, object]]:
    return list(rule.versions.order_by("number").values_list("number", "active_from", "retired_at"))


def test_a_revision_retires_the_version_and_opens_the_next_at_the_same_moment(rule: Rule) -> None:
    ((_, beginning, _end),) = windows(rule)
    revise(rule)
    assert windows(rule) == [(1, beginning, NOW), (2, NOW, None)]


def test_unchanged_terms_open_nothing(rule: Rule) -> None:
    before = windows(rule)
    assert revise(rule, reputation=10) == rule.versions.get()
    assert windows(rule) == before


def test_deeds_before_a_revision_keep_what_they_were_promised(rule: Rule) -> None:
    before, after = factories.answer(), factories.answer()
    answers.accept(answer=before, by=before.thread.author, at=NOW - timedelta(minutes=1))
    revise(rule)
    answers.accept(answer=after, by=after.thread.author, at=NOW + timedelta(minutes=1))
    factories.work_off(at=NOW + timedelta(minutes=2))
    earned = Balance.objects.filter(currency="reputation").order_by("value").values_list("value", flat=True)
    assert list(earned) == [10, 25]


def test_a_deed_of_the_same_instant_keeps_what_it_was_paid(rule: Rule) -> None:
    made = factories.answer()
    answers.accept(answer=made, by=made.thread.author, at=NOW)
    revise(rule)
    factories.work_off(at=NOW + timedelta(minutes=1))
    assert Balance.objects.get(currency="reputation").value == 10
    ended = NOW + timedelta(microseconds=1)
    assert [(number, end) for number, _start, end in windows(rule)] == [(1, ended), (2, None)]
    assert rule.versions.get(number=2).active_from == ended


def test_a_retired_rule_earns_nothing_and_can_come_back(rule: Rule) -> None:
    rules.retire(rule=rule, at=NOW)
    rules.retire(rule=rule, at=NOW + timedelta(days=1))
    assert [end for _number, _start, end in windows(rule)] == [NOW]

    revise(rule, reputation=10, minutes=5)
    assert [(number, end) for number, _start, end in windows(rule)] == [(1, NOW), (2, None)]


def test_a_rule_that_comes_back_at_once_leaves_what_was_done_to_the_version_before(rule: Rule) -> None:
    made = factories.answer()
    answers.accept(answer=made, by=made.thread.author, at=NOW)
    rules.retire(rule=rule, at=NOW)
    revise(rule)
    factories.work_off(at=NOW + timedelta(minutes=1))
    assert Balance.objects.get(currency="reputation").value == 10
