"""Activations for the past: everybody gets what the new terms pay, once, with one notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Answer, Member, Notification
from community.services import answers, votes
from gamification.models import Balance, CapUse, Entry, Retroaction, Rule, RuleVersion
from gamification.services import replays, retroactions, rules
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


class Killed(Exception):
    """The worker died before it could commit."""


@pytest.fixture
def ada() -> Member:
    return factories.member("Ada Admin", is_staff=True, is_superuser=True)


@pytest.fixture
def clara() -> Member:
    return factories.member("Clara Holm", is_staff=True, is_superuser=True)


@pytest.fixture
def answer() -> Answer:
    """An accepted answer that three found helpful: 10 + 3 × 4 reputation, 7 + 3 × 3 credits."""
    made = factories.answer()
    now = timezone.now()
    answers.accept(answer=made, by=made.thread.author, at=now)
    for voter in [factories.member() for _ in range(3)]:
        votes.cast(answer=made, voter=voter, value=1, at=now)
    factories.work_off()
    return made


def draft(by: Member, **terms: object) -> RuleVersion:
    rule = Rule.objects.get(slug="answer-found-helpful")
    newest = rule.versions.order_by("-number")[0]
    return rules.write(rule=rule, terms=replace(rules.terms_of(newest), **terms), by=by)  # type: ignore[arg-type] # the tests name the fields


def balance(of: Answer) -> tuple[int, int]:
    kept = dict(Balance.objects.filter(member=of.author_id).values_list("currency", "value"))
    return kept["reputation"], kept["credits"]


def activate(version: RuleVersion, by: Member) -> Retroaction:
    made = retroactions.ask(version=version, by=by, at=timezone.now())
    retroactions.work_off(at=timezone.now())
    made.refresh_from_db()
    return made


def test_the_past_is_paid_under_the_new_terms(answer: Answer, ada: Member, clara: Member) -> None:
    version = draft(ada, reputation=10, credits=1)
    made = activate(version, clara)
    assert balance(answer) == (40, 10)
    assert (made.state, made.result["members"]) == (Retroaction.State.DONE, 1)
    assert (made.result["reputation"], made.result["credits"]) == (18, -6)
    version.refresh_from_db()
    assert (version.state, version.approved_by) == (RuleVersion.State.ACTIVE, clara)
    assert differences() == []


def test_one_notice_for_each_member(answer: Answer, ada: Member, clara: Member) -> None:
    told = Notification.objects.count()
    activate(draft(ada, reputation=10), clara)
    [notice] = Notification.objects.filter(kind=retroactions.POINTS_REVISED)
    assert Notification.objects.count() == told + 1
    assert (notice.member_id, notice.facts["reputation"], notice.facts["credits"]) == (answer.author_id, 18, 0)


def test_twice_is_once(answer: Answer, ada: Member, clara: Member) -> None:
    version = draft(ada, reputation=10)
    made = activate(version, clara)
    booked = list(Entry.objects.order_by("id").values_list("pk", "amount"))
    retroactions.work_off(at=timezone.now())
    Retroaction.objects.filter(pk=made.pk).update(state="waiting")
    retroactions.work_off(at=timezone.now())
    assert list(Entry.objects.order_by("id").values_list("pk", "amount")) == booked
    assert balance(answer) == (40, 16)


def test_killed_in_the_middle_and_repeated_it_is_done_once(
    answer: Answer, ada: Member, clara: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = draft(ada, reputation=10)
    made = retroactions.ask(version=version, by=clara, at=timezone.now())
    with monkeypatch.context() as patch:
        patch.setattr(Notification.objects, "bulk_create", _die)
        retroactions.work_off(at=timezone.now())
    assert balance(answer) == (22, 16)
    version.refresh_from_db()
    assert version.state == RuleVersion.State.DRAFT
    Retroaction.objects.filter(pk=made.pk).update(state="running", started_at=timezone.now() - timedelta(hours=1))
    assert retroactions.work_off(at=timezone.now()) == 1
    assert balance(answer) == (40, 16)
    assert Notification.objects.filter(kind=retroactions.POINTS_REVISED).count() == 1
    assert differences() == []


def test_what_pays_less_is_taken_back_and_told(answer: Answer, ada: Member, clara: Member) -> None:
    activate(draft(ada, reputation=1), clara)
    assert balance(answer) == (13, 16)
    notice = Notification.objects.get(kind=retroactions.POINTS_REVISED)
    assert notice.facts["reputation"] == -9


def test_caps_hold_for_the_past_and_go_on(answer: Answer, ada: Member, clara: Member) -> None:
    activate(draft(ada, reputation=10, limits=[{"per": "member", "period": "day", "times": 2}]), clara)
    assert balance(answer) == (30, 13)
    assert list(CapUse.objects.values_list("times", "amount")) == [(2, 20)]
    votes.cast(answer=answer, voter=factories.member(), value=1, at=timezone.now())
    factories.work_off()
    assert balance(answer) == (30, 13)


def test_what_was_paid_for_the_past_goes_with_its_deed(answer: Answer, ada: Member, clara: Member) -> None:
    activate(draft(ada, reputation=10), clara)
    answer.refresh_from_db()
    voter = Member.objects.filter(votes__answer=answer).order_by("pk")[0]
    votes.cast(answer=answer, voter=voter, value=0, at=timezone.now())
    factories.work_off()
    assert balance(answer) == (30, 13)
    assert differences() == []


def test_a_replay_afterwards_finds_nothing(answer: Answer, ada: Member, clara: Member) -> None:
    activate(draft(ada, reputation=10, limits=[{"per": "pair", "period": "week", "times": 1}]), clara)
    votes.cast(answer=answer, voter=factories.member(), value=1, at=timezone.now())
    factories.work_off()
    replays.ask(by=None, at=timezone.now())
    assert replays.compare()[0] == []


def test_caps_of_before_are_not_given_back_twice(answer: Answer, ada: Member, clara: Member) -> None:
    weekly = [{"per": "member", "period": "week", "times": 2}]
    activate(draft(ada, limits=weekly), clara)
    activate(draft(ada, reputation=6, limits=[{"per": "member", "period": "day", "times": 3}]), clara)
    voter = Member.objects.filter(votes__answer=answer).order_by("pk")[0]
    votes.cast(answer=answer, voter=voter, value=0, at=timezone.now())
    factories.work_off()
    assert list(CapUse.objects.values_list("times", "amount")) == [(2, 12)]
    assert replays.compare()[0] == []


def test_the_author_of_a_draft_does_not_approve_it(ada: Member, clara: Member) -> None:
    version = draft(ada, reputation=10)
    with refused(rules.NeedsAnother):
        retroactions.ask(version=version, by=ada, at=timezone.now())


def test_a_draft_that_changes_after_the_approval_is_not_activated(answer: Answer, ada: Member, clara: Member) -> None:
    version = draft(ada, reputation=10)
    made = retroactions.ask(version=version, by=clara, at=timezone.now())
    RuleVersion.objects.filter(pk=version.pk).update(reputation=500, revision=version.revision + 1)
    retroactions.work_off(at=timezone.now())
    made.refresh_from_db()
    version.refresh_from_db()
    assert (made.state, version.state) == (Retroaction.State.WAITING, RuleVersion.State.DRAFT)
    assert balance(answer) == (22, 16)


def test_it_is_approved_once(ada: Member, clara: Member) -> None:
    version = draft(ada, reputation=10)
    retroactions.ask(version=version, by=clara, at=timezone.now())
    with refused(retroactions.UnderWay):
        retroactions.ask(version=version, by=clara, at=timezone.now())


def _die(*args: object, **kwargs: object) -> None:
    raise Killed
