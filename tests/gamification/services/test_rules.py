"""Rules: versions follow one another without gap or overlap, two people stand behind each, and the past stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.models import Activity, Member
from community.services import answers
from gamification.models import Balance, Rule, RuleVersion
from gamification.services import rules
from tests import factories, staff
from tests.gamification import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]
NOW = timezone.now()


@pytest.fixture
def rule() -> Rule:
    return Rule.objects.get(slug="answer-accepted")


@pytest.fixture
def clara() -> Member:
    return staff.manager()


@pytest.fixture
def ada() -> Member:
    return staff.superuser()


def revise(rule: Rule, *, minutes: int = 0) -> RuleVersion:
    return world.revise(rule, reputation=25, credits=7, at=NOW + timedelta(minutes=minutes))


def draft(rule: Rule, by: Member, **changes: Any) -> RuleVersion:
    return rules.write(rule=rule, terms=replace(rules.terms_of(rule.versions.get(number=1)), **changes), by=by)


def windows(rule: Rule) -> list[tuple[int, object, object]]:
    return list(rule.versions.order_by("number").values_list("number", "active_from", "retired_at"))


def states(rule: Rule) -> list[tuple[int, str, int]]:
    return list(rule.versions.order_by("number").values_list("number", "state", "reputation"))


class TestTime:
    def test_a_new_version_retires_the_one_before_at_the_same_moment(self, rule: Rule) -> None:
        ((_, beginning, _end),) = windows(rule)
        revise(rule)
        assert windows(rule) == [(1, beginning, NOW), (2, NOW, None)]

    def test_deeds_before_keep_what_they_were_promised(self, rule: Rule) -> None:
        before, after = factories.answer(), factories.answer()
        answers.accept(answer=before, by=before.thread.author, at=NOW - timedelta(minutes=1))
        revise(rule)
        answers.accept(answer=after, by=after.thread.author, at=NOW + timedelta(minutes=1))
        factories.work_off(at=NOW + timedelta(minutes=2))
        earned = Balance.objects.filter(currency="reputation").order_by("value").values_list("value", flat=True)
        assert list(earned) == [10, 25]

    def test_a_deed_of_the_same_instant_keeps_what_it_was_paid(self, rule: Rule) -> None:
        made = factories.answer()
        answers.accept(answer=made, by=made.thread.author, at=NOW)
        revise(rule)
        factories.work_off(at=NOW + timedelta(minutes=1))
        assert Balance.objects.get(currency="reputation").value == 10
        ended = NOW + timedelta(microseconds=1)
        assert [(number, end) for number, _start, end in windows(rule)] == [(1, ended), (2, None)]
        assert rule.versions.get(number=2).active_from == ended

    def test_the_journal_keeps_who_put_a_version_in_force_and_who_ended_it(self, rule: Rule, ada: Member) -> None:
        version = revise(rule)
        rules.retire(rule=rule, by=ada, at=NOW + timedelta(days=1))
        rules.retire(rule=rule, by=ada, at=NOW + timedelta(days=2))
        kept = Activity.objects.filter(subject_kind="rule").order_by("id").values_list("key", "actor", "subject_id")
        assert list(kept) == [
            (f"rule.activated:{version.pk}", version.approved_by_id, rule.pk),
            (f"rule.retired:{version.pk}", ada.pk, rule.pk),
        ]

    def test_a_retired_rule_earns_nothing_and_can_come_back(self, rule: Rule, ada: Member) -> None:
        rules.retire(rule=rule, by=ada, at=NOW)
        rules.retire(rule=rule, by=ada, at=NOW + timedelta(days=1))
        assert [end for _number, _start, end in windows(rule)] == [NOW]
        revise(rule, minutes=5)
        assert [(number, end) for number, _start, end in windows(rule)] == [(1, NOW), (2, None)]

    def test_a_rule_that_comes_back_at_once_leaves_what_was_done_to_the_version_before(
        self, rule: Rule, ada: Member
    ) -> None:
        made = factories.answer()
        answers.accept(answer=made, by=made.thread.author, at=NOW)
        rules.retire(rule=rule, by=ada, at=NOW)
        revise(rule)
        factories.work_off(at=NOW + timedelta(minutes=1))
        assert Balance.objects.get(currency="reputation").value == 10


class TestDrafts:
    def test_a_draft_pays_nothing_and_leaves_what_is_active(self, rule: Rule, clara: Member) -> None:
        draft(rule, clara, reputation=99)
        factories.accepted_answer()
        factories.work_off()
        assert states(rule) == [(1, "active", 10), (2, "draft", 99)]
        assert Balance.objects.get(currency="reputation").value == 10

    def test_a_rule_has_one_draft_that_changes(self, rule: Rule, clara: Member, ada: Member) -> None:
        first = draft(rule, clara, reputation=99)
        second = draft(rule, ada, reputation=98)
        assert (second.pk, second.revision, second.written_by) == (first.pk, 2, ada)
        assert states(rule) == [(1, "active", 10), (2, "draft", 98)]

    def test_the_same_terms_change_nothing(self, rule: Rule, clara: Member, ada: Member) -> None:
        draft(rule, clara, reputation=99)
        assert draft(rule, ada, reputation=99).revision == 1
        assert rule.versions.get(number=2).written_by == clara

    def test_nobody_overwrites_what_they_have_not_seen(self, rule: Rule, clara: Member, ada: Member) -> None:
        seen = draft(rule, clara, reputation=99)
        draft(rule, ada, reputation=98)
        with pytest.raises(rules.Outdated):
            rules.write(rule=rule, terms=rules.terms_of(seen), by=clara, revision=seen.revision)
        assert states(rule) == [(1, "active", 10), (2, "draft", 98)]

    def test_a_changed_draft_has_to_be_simulated_anew(self, rule: Rule, clara: Member) -> None:
        seen = draft(rule, clara, reputation=99)
        assert rules.note_simulation(version=seen, revision=1) is True
        assert states(rule)[1] == (2, "simulated", 99)
        draft(rule, clara, reputation=98)
        assert rules.note_simulation(version=seen, revision=1) is False
        assert states(rule)[1] == (2, "draft", 98)

    def test_a_draft_is_thrown_away_and_an_active_version_is_not(self, rule: Rule, clara: Member) -> None:
        rules.discard(version=draft(rule, clara, reputation=99))
        with pytest.raises(rules.NotADraft):
            rules.discard(version=rule.versions.get())
        assert states(rule) == [(1, "active", 10)]

    @pytest.mark.parametrize(
        ("changes", "field", "where"),
        [
            ({"verb": "thread.created"}, "verb", ()),
            ({"condition": {"all": [{"fact": "stars", "is": "eq", "value": 5}]}}, "condition", ("all", 0, "fact")),
            ({"condition": {"badge": "not-there"}}, "condition", ("badge",)),
            ({"limits": [{"per": "pair", "period": "week"}]}, "limits", (0,)),
        ],
    )
    def test_what_cannot_be_evaluated_is_refused(
        self, rule: Rule, clara: Member, changes: dict[str, Any], field: str, where: tuple[object, ...]
    ) -> None:
        with pytest.raises(rules.MalformedRule) as refusal:
            draft(rule, clara, **changes)
        assert (refusal.value.field, refusal.value.where) == (field, where)
        assert states(rule) == [(1, "active", 10)]


class TestApproval:
    def test_whoever_wrote_it_does_not_approve_it(self, rule: Rule, clara: Member, ada: Member) -> None:
        written = draft(rule, clara, reputation=99)
        with pytest.raises(rules.NeedsAnother) as refusal:
            rules.activate(version=written, by=clara, at=NOW)
        assert "Ada Admin" in str(refusal.value.message)
        assert states(rule) == [(1, "active", 10), (2, "draft", 99)]

    def test_another_approves_it(self, rule: Rule, clara: Member, ada: Member) -> None:
        active = rules.activate(version=draft(rule, clara, reputation=99), by=ada, at=NOW)
        assert (active.written_by, active.approved_by) == (clara, ada)
        assert states(rule) == [(1, "retired", 10), (2, "active", 99)]

    def test_where_there_is_only_one_who_may_they_are_not_locked_out(self, rule: Rule, ada: Member) -> None:
        factories.member("Former Manager", is_staff=True, is_superuser=True, is_active=False)
        factories.member("Not staff", is_superuser=True)
        rules.activate(version=draft(rule, ada, reputation=99), by=ada, at=NOW)
        assert states(rule) == [(1, "retired", 10), (2, "active", 99)]

    def test_nobody_approves_what_they_have_not_seen(self, rule: Rule, clara: Member, ada: Member) -> None:
        seen = draft(rule, clara, reputation=99)
        draft(rule, clara, reputation=9_999)
        with pytest.raises(rules.Outdated):
            rules.activate(version=seen, by=ada, at=NOW, revision=seen.revision)
        assert states(rule) == [(1, "active", 10), (2, "draft", 9_999)]

    def test_a_version_that_was_active_once_never_changes(self, rule: Rule, clara: Member, ada: Member) -> None:
        first = rules.activate(version=draft(rule, clara, reputation=99), by=ada, at=NOW)
        with pytest.raises(rules.NotADraft):
            rules.activate(version=first, by=ada, at=NOW + timedelta(days=1))
        with pytest.raises(rules.NotADraft):
            rules.write(rule=rule, terms=rules.terms_of(first), by=clara, revision=first.revision)
        draft(rule, clara, reputation=98)
        assert states(rule) == [(1, "retired", 10), (2, "active", 99), (3, "draft", 98)]
