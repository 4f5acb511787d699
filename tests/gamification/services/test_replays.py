"""Replays: a correct log has no differences, a damaged projection is mended, the ledger gets corrections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Answer, Member, Standing
from community.services import answers, votes
from gamification.models import (
    Award,
    Balance,
    BoardScore,
    CapUse,
    Counter,
    DayCount,
    Entry,
    PairDay,
    Replay,
    Rule,
    RuleVersion,
)
from gamification.queries.paid import standing
from gamification.services import replays
from tests import factories
from tests.gamification import world
from tests.races.crowd import differences
from tests.unchanged import refused, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]
#: Caps and windows, so that there is something of each kind to compare.
CAPPED = {
    "condition": {"metric": "helpful_votes", "of": "recipient", "days": 7, "distinct": True, "is": "ge", "value": 2},
    "limits": [{"per": "member", "period": "day", "amount": 10}, {"per": "pair", "period": "week", "times": 2}],
}


@pytest.fixture
def clara() -> Member:
    return factories.member("Clara Holm")


@pytest.fixture
def answer() -> Answer:
    """An answer that solved a question, and was found helpful by four of whom one thought otherwise later."""
    RuleVersion.objects.filter(rule__slug="answer-found-helpful").update(**CAPPED)
    made = factories.answer()
    now = timezone.now()
    answers.accept(answer=made, by=made.thread.author, at=now)
    voters = [factories.member() for _ in range(4)]
    for voter in voters:
        votes.cast(answer=made, voter=voter, value=1, at=now)
    factories.work_off()
    votes.cast(answer=made, voter=voters[0], value=0, at=now)
    factories.work_off()
    return made


def replay(by: Member | None = None) -> Replay:
    made = replays.ask(by=by, at=timezone.now())
    assert replays.work_off(at=timezone.now()) == 1
    made.refresh_from_db()
    return made


def test_a_correct_log_has_no_differences(answer: Answer) -> None:
    before = rows()
    made = replay()
    assert (made.state, made.differences, made.result) == (Replay.State.DONE, 0, {"parts": {}})
    assert made.deeds == 6
    after = rows()
    assert {label for label in before if before[label] != after[label]} == {"gamification.Replay"}


def test_rules_that_changed_in_between_are_replayed_each_in_its_time(answer: Answer) -> None:
    now = timezone.now() + timedelta(days=1)
    world.revise(Rule.objects.get(slug="answer-accepted"), at=now, reputation=90)
    other = factories.answer(author=answer.author, at=now)
    answers.accept(answer=other, by=other.thread.author, at=now + timedelta(hours=1))
    factories.work_off(at=now + timedelta(hours=2))
    assert replay().differences == 0


def test_what_is_earned_and_taken_back_within_one_batch_leaves_no_difference(answer: Answer) -> None:
    now, other = timezone.now(), factories.answer()
    answers.accept(answer=other, by=other.thread.author, at=now)
    answers.unaccept(answer=other, by=other.thread.author, at=now)
    factories.work_off()
    assert Entry.objects.filter(member=other.author).count() == 4
    assert Standing.objects.get(member=other.author).level == 1
    assert replay().differences == 0


def test_damaged_projections_are_found_and_mended(answer: Answer, clara: Member) -> None:
    good = {model: list(model._default_manager.order_by("pk").values()) for model in DAMAGED}
    helper = answer.author_id
    Counter.objects.filter(member=helper, metric="helpful_votes").update(value=1)
    DayCount.objects.filter(member=helper, metric="helpful_votes").delete()
    PairDay.objects.filter(member=helper, metric="accepted_answers").update(value=5)
    CapUse.objects.update(amount=0)
    Balance.objects.filter(member=helper, currency="reputation").update(value=0)
    BoardScore.objects.filter(span="week").update(score=1000)
    Award.objects.filter(grade__badge__metric="helpful_votes").delete()
    Standing.objects.filter(member=helper).update(level=7)
    made = replay(clara)
    assert set(made.result["parts"]) == {
        "counters", "days", "pairs", "caps", "balances", "boards", "awards", "levels",
    }  # fmt: skip
    replays.apply(replay=made, by=clara, at=timezone.now())
    for model, expected in good.items():
        found = list(model._default_manager.order_by("pk").values())
        assert [_plain(row) for row in found] == [_plain(row) for row in expected], model
    assert differences() == []
    assert replay().differences == 0


def test_the_ledger_is_mended_by_corrections(answer: Answer, clara: Member) -> None:
    before = Balance.objects.get(member=answer.author_id, currency="reputation").value
    paid = Entry.objects.filter(kind="grant", activity__verb="answer.accepted", currency="reputation").get()
    Entry.objects.bulk_create([_reversal(paid)])
    Balance.objects.filter(member=answer.author_id, currency="reputation").update(value=before - paid.amount)
    made = replay(clara)
    replays.apply(replay=made, by=clara, at=timezone.now())
    correction = Entry.objects.get(kind="correction")
    assert (correction.amount, correction.activity, correction.member) == (10, paid.activity, paid.member)
    assert Balance.objects.get(member=answer.author_id, currency="reputation").value == before
    assert replay().differences == 0


def test_what_was_corrected_is_taken_back_with_its_deed(answer: Answer, clara: Member) -> None:
    paid = Entry.objects.filter(kind="grant", activity__verb="answer.accepted", currency="reputation").get()
    Entry.objects.bulk_create([_reversal(paid)])
    replays.apply(replay=replay(clara), by=clara, at=timezone.now())
    answer.refresh_from_db()
    answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
    factories.work_off()
    assert not standing().filter(activity=paid.activity).exists()
    assert replay().differences == 0
    assert differences() == []


def test_a_replay_is_swapped_once(answer: Answer, clara: Member) -> None:
    Counter.objects.update(value=9)
    made = replay(clara)
    replays.apply(replay=made, by=clara, at=timezone.now())
    with refused(replays.Outdated):
        replays.apply(replay=made, by=clara, at=timezone.now())


def test_deeds_that_go_on_meanwhile_are_not_lost(answer: Answer, clara: Member) -> None:
    Counter.objects.filter(metric="helpful_votes").update(value=40)
    made = replay(clara)
    votes.cast(answer=answer, voter=clara, value=1, at=timezone.now())
    factories.work_off()
    replays.apply(replay=made, by=clara, at=timezone.now())
    assert Counter.objects.get(metric="helpful_votes").value == 4
    assert replay().differences == 0


def test_an_older_replay_is_not_swapped_after_a_newer_one(answer: Answer, clara: Member) -> None:
    Counter.objects.update(value=9)
    older = replay(clara)
    replays.apply(replay=replay(clara), by=clara, at=timezone.now())
    with refused(replays.Outdated):
        replays.apply(replay=older, by=clara, at=timezone.now())


def test_one_replay_waits_at_a_time(clara: Member) -> None:
    replays.ask(by=clara, at=timezone.now())
    with refused(replays.UnderWay):
        replays.ask(by=None, at=timezone.now())


DAMAGED = (Counter, DayCount, PairDay, CapUse, Balance, BoardScore, Award)


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    """A row without what is new about it when it is made again."""
    return {name: value for name, value in row.items() if name not in {"id", "at"}}


def _reversal(entry: Entry) -> Entry:
    return Entry(
        member_id=entry.member_id,
        currency=entry.currency,
        amount=-entry.amount,
        kind=Entry.Kind.REVERSAL,
        rule_version_id=entry.rule_version_id,
        activity_id=entry.activity_id,
        reverses=entry,
        booked_on=entry.booked_on,
        at=timezone.now(),
    )
