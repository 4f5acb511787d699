"""The past is settled, and a replay swapped in, while deeds go on and while several workers try."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from django.utils import timezone

from community.models import Answer, Member
from community.services import answers, votes
from gamification.models import Balance, Counter, Replay, Retroaction, Rule, RuleVersion
from gamification.services import replays, retroactions, rules
from tests import factories
from tests.gamification import world
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4


def voted(answer: Answer, voter: Member) -> None:
    votes.cast(answer=answer, voter=voter, value=1, at=timezone.now())
    factories.work_off()


def accepted() -> Answer:
    world.build()
    made = factories.answer()
    answers.accept(answer=made, by=made.thread.author, at=timezone.now())
    for _ in range(3):
        votes.cast(answer=made, voter=factories.member(), value=1, at=timezone.now())
    factories.work_off()
    return made


def test_many_workers_settle_the_past_once_while_deeds_go_on() -> None:
    answer, by = accepted(), factories.member("Clara Holm", is_staff=True, is_superuser=True)
    rule = Rule.objects.get(slug="answer-found-helpful")
    terms = replace(rules.terms_of(rule.versions.get()), reputation=10, credits=1)
    version = rules.write(rule=rule, terms=terms, by=None)
    retroactions.ask(version=version, by=by, at=timezone.now())
    voters = factories.many(factories.member, 4)

    outcome = at_once(
        [
            *[lambda: retroactions.work_off(at=timezone.now())] * WORKERS,
            *[partial(voted, answer, voter) for voter in voters],
        ]
    )
    factories.work_off()

    assert (outcome.errors, outcome.refusals) == ([], [])
    assert Retroaction.objects.get().state == Retroaction.State.DONE
    assert RuleVersion.objects.get(pk=version.pk).state == RuleVersion.State.ACTIVE
    kept = dict(Balance.objects.filter(member=answer.author).values_list("currency", "value"))
    assert kept == {"reputation": 10 + 10 * 7, "credits": 7 + 7}
    assert replays.compare()[0] == []
    assert differences() == []


def test_a_replay_is_swapped_in_once_while_deeds_go_on() -> None:
    answer, by = accepted(), factories.member("Clara Holm", is_staff=True, is_superuser=True)
    Counter.objects.filter(metric="helpful_votes").update(value=40)
    replays.ask(by=by, at=timezone.now())
    replays.work_off(at=timezone.now())
    replay = Replay.objects.get()
    voters = factories.many(factories.member, 4)

    outcome = at_once(
        [
            *[lambda: replays.apply(replay=replay, by=by, at=timezone.now())] * WORKERS,
            *[partial(voted, answer, voter) for voter in voters],
        ]
    )
    factories.work_off()

    assert (outcome.errors, outcome.refusals) == ([], ["replay_outdated"] * (WORKERS - 1))
    assert Counter.objects.get(metric="helpful_votes").value == 7
    assert replays.compare()[0] == []
    assert differences() == []
