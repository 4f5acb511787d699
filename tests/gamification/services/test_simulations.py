"""Dry runs: what a draft would have paid, and that nothing comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Answer, Member
from community.services import answers, votes
from gamification.models import Balance, Level, Rule, RuleVersion, Simulation
from gamification.services import rules, simulations
from tests import factories
from tests.gamification import world
from tests.unchanged import refused, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


@pytest.fixture
def answer() -> Answer:
    return factories.answer()


@pytest.fixture
def clara() -> Member:
    return factories.member("Clara Holm")


def draft(slug: str = "answer-found-helpful", **terms: object) -> RuleVersion:
    rule = Rule.objects.get(slug=slug)
    newest = rule.versions.order_by("-number")[0]
    return rules.write(rule=rule, terms=replace(rules.terms_of(newest), **terms), by=None)  # type: ignore[arg-type] # the tests name the fields


def history(answer: Answer) -> None:
    """An acceptance, three votes, and one of them taken back."""
    now = timezone.now()
    answers.accept(answer=answer, by=answer.thread.author, at=now)
    for voter in [factories.member() for _ in range(3)]:
        votes.cast(answer=answer, voter=voter, value=1, at=now)
    votes.cast(answer=answer, voter=voter, value=0, at=now)
    factories.work_off()


def simulate(version: RuleVersion, by: Member) -> Simulation:
    made = simulations.ask(version=version, by=by, at=timezone.now())
    assert simulations.work_off(at=timezone.now()) == 1
    made.refresh_from_db()
    return made


def test_the_active_terms_run_dry_are_the_ledger(answer: Answer, clara: Member) -> None:
    history(answer)
    result = simulate(draft(), clara).result
    assert result["before"] == result["after"] == {"members": 1, "reputation": 18, "credits": 13, "grants": 6}
    assert result["weeks"][0]["before"] == result["weeks"][0]["after"] == 18
    assert (result["winners"], result["losers"]) == ([], [])
    assert result["outcomes"] == {"granted": 3}
    assert result["badges"] == [2, 2]


def test_other_terms_say_what_they_would_have_paid(answer: Answer, clara: Member) -> None:
    history(answer)
    result = simulate(draft(reputation=10, credits=0), clara).result
    assert result["after"] == {"members": 1, "reputation": 30, "credits": 7, "grants": 4}
    assert result["winners"] == [{"member": answer.author_id, "reputation": [18, 30], "credits": [13, 7]}]
    assert (result["levels_up"], result["gaining"]) == (1, 1)


HELPFUL = {"metric": "helpful_votes", "of": "recipient", "is": "ge", "value": 2}


@pytest.mark.parametrize("asked", [{"days": 30, "distinct": True}, {"days": 30}, {"distinct": True}, {}])
def test_the_condition_of_a_draft_decides(answer: Answer, clara: Member, asked: dict[str, object]) -> None:
    history(answer)
    result = simulate(draft(condition={**HELPFUL, **asked}), clara).result
    assert result["outcomes"] == {"refused": 1, "granted": 2}
    assert result["losers"] == [{"member": answer.author_id, "reputation": [18, 14], "credits": [13, 10]}]


def test_a_draft_may_ask_for_the_level_that_the_others_pay_for(answer: Answer, clara: Member) -> None:
    Level.objects.filter(number=2).update(threshold=10)
    history(answer)
    result = simulate(draft(condition={"level": True, "is": "ge", "value": 2}), clara).result
    assert (result["outcomes"], result["after"]["reputation"]) == ({"granted": 3}, 18)


def test_a_dry_run_changes_nothing_but_the_state_of_the_draft(answer: Answer, clara: Member) -> None:
    history(answer)
    version = draft(reputation=100)
    before = rows()
    simulate(version, clara)
    after = rows()
    changed = {label for label in before if before[label] != after[label]}
    assert changed == {"gamification.Simulation", "gamification.RuleVersion"}
    version.refresh_from_db()
    assert version.state == RuleVersion.State.SIMULATED
    assert Balance.objects.filter(value__gt=18).count() == 0


def test_a_draft_that_changes_meanwhile_is_not_simulated(answer: Answer, clara: Member) -> None:
    version = draft(reputation=9)
    simulations.ask(version=version, by=clara, at=timezone.now())
    stale = RuleVersion.objects.get(pk=version.pk)
    draft(reputation=8)
    assert rules.note_simulation(version=stale, revision=stale.revision) is False
    simulations.work_off(at=timezone.now())
    version.refresh_from_db()
    assert version.state == RuleVersion.State.SIMULATED


def test_one_simulation_at_a_time(clara: Member) -> None:
    version = draft(reputation=9)
    simulations.ask(version=version, by=clara, at=timezone.now())
    with refused(simulations.UnderWay):
        simulations.ask(version=version, by=clara, at=timezone.now())


def test_only_drafts_are_simulated(clara: Member) -> None:
    active = RuleVersion.objects.filter(state=RuleVersion.State.ACTIVE)[0]
    with refused(rules.NotADraft):
        simulations.ask(version=active, by=clara, at=timezone.now())


def test_a_killed_worker_is_followed_by_another(answer: Answer, clara: Member) -> None:
    now = timezone.now()
    made = simulations.ask(version=draft(reputation=9), by=clara, at=now)
    Simulation.objects.filter(pk=made.pk).update(state="running", started_at=now, attempts=1)
    assert simulations.work_off(at=now + timedelta(minutes=1)) == 0
    assert simulations.work_off(at=now + timedelta(minutes=16)) == 1
    made.refresh_from_db()
    assert (made.state, made.attempts) == (Simulation.State.DONE, 2)


def test_what_was_revised_in_the_past_is_read_with_its_time(answer: Answer, clara: Member) -> None:
    history(answer)
    world.revise(Rule.objects.get(slug="answer-accepted"), at=timezone.now(), reputation=1, credits=1)
    result = simulate(draft(), clara).result
    assert result["before"] == result["after"]
