"""What the unique constraints of the ledger's tables are for: with each taken away, a scenario goes wrong.

Both databases change tables inside of a transaction, so each constraint is back when its test ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from community.models import Activity, Delivery, Member
from gamification.models import (
    Award,
    Balance,
    BoardScore,
    CapUse,
    Counter,
    DayCount,
    Decision,
    Due,
    Entry,
    Evaluation,
    Grade,
    HeldDeed,
    HeldEntry,
    Hold,
    HoldCase,
    KeptLevel,
    Lot,
    LotUse,
    PairDay,
    Quest,
    QuestCompletion,
    QuestProgress,
    QuestStep,
    Rule,
    RuleVersion,
    Streak,
    StreakDay,
    StreakRun,
    TopicScore,
)
from gamification.services import increments
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def deed(key: str = "answer.accepted:1:1", **fields: object) -> Activity:
    """A deed in the journal."""
    actor = Member.objects.order_by("pk").first() or factories.member()
    known = {"verb": "answer.accepted", "subject_kind": "answer", "subject_id": 1, "at": NOW, **fields}
    return Activity.objects.create(key=key, actor=actor, **known)


def entry(of: Activity, *, kind: str = "grant", reverses: Entry | None = None) -> Entry:
    """Something booked for it."""
    version = RuleVersion.objects.order_by("pk")[0]
    booked = {"currency": "reputation", "rule_version": version, "booked_on": TODAY, "at": NOW}
    amount = -5 if reverses else 5
    return Entry.objects.create(member=of.actor, activity=of, amount=amount, kind=kind, reverses=reverses, **booked)


def once(make: Callable[[], object]) -> None:
    """The second time the database refuses."""
    make()
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def a_grant_is_booked_once() -> None:
    done = deed()
    once(lambda: entry(done))


def an_entry_is_taken_back_once() -> None:
    granted = entry(deed())
    once(lambda: entry(deed(f"undo:{Activity.objects.count()}"), kind="reversal", reverses=granted))


def a_deed_is_recorded_once() -> None:
    once(deed)


def a_deed_is_undone_once() -> None:
    done = deed()
    once(lambda: deed(f"undo:{Activity.objects.count()}", undoes=done))


def a_deed_is_delivered_once() -> None:
    done = deed()
    once(lambda: Delivery.objects.create(consumer="gamification", activity=done, leased_until=NOW))


def a_deed_takes_effect_once() -> None:
    done = deed()
    once(lambda: Evaluation.objects.bulk_create([Evaluation(activity=done, at=NOW)]))


def a_rule_decides_once() -> None:
    done, version = deed(), RuleVersion.objects.order_by("pk")[0]
    once(
        lambda: Decision.objects.create(
            activity=done, rule_version=version, member=done.actor, outcome="granted", at=NOW
        )
    )


def a_decision_waits_once() -> None:
    done, version = deed(), RuleVersion.objects.order_by("pk")[0]
    once(lambda: Due.objects.create(activity=done, rule_version=version, at=NOW))


def a_grade_is_held_once() -> None:
    done, grade = deed(), Grade.objects.order_by("pk")[0]
    once(lambda: Award.objects.create(grade=grade, member=done.actor, activity=done, at=NOW))


def grows(model: type[models.Model], names: tuple[str, ...], value: str, key: Callable[[], tuple[object, ...]]) -> None:
    """Two steps end in one row that holds their sum."""
    under = key()
    for _ in range(2):
        increments.move(model, {under: (2,)}, key=names, values=(value,))
    assert list(model._default_manager.values_list(value, flat=True)) == [4]


def a_balance_is_one_row() -> None:
    grows(Balance, ("member", "currency"), "value", lambda: (factories.member().pk, "credits"))


def a_counter_is_one_row() -> None:
    grows(Counter, ("member", "metric"), "value", lambda: (factories.member().pk, "helpful_votes"))


def a_board_has_one_row_for_each_member() -> None:
    grows(BoardScore, ("span", "start", "member"), "score", lambda: ("week", TODAY, factories.member().pk))


def a_day_is_one_row() -> None:
    grows(DayCount, ("member", "metric", "day"), "value", lambda: (factories.member().pk, "helpful_votes", TODAY))


def a_person_of_a_day_is_one_row() -> None:
    names = ("member", "metric", "day", "actor")
    grows(PairDay, names, "value", lambda: (factories.member().pk, "x", TODAY, factories.member().pk))


def a_board_of_a_topic_has_one_row_for_each_member() -> None:
    names = ("topic", "span", "start", "member")
    grows(TopicScore, names, "score", lambda: (factories.topic().pk, "week", TODAY, factories.member().pk))


def a_day_of_a_streak_is_one_row() -> None:
    streak = Streak.objects.order_by("pk")[0].pk
    grows(StreakDay, ("streak", "member", "day"), "deeds", lambda: (streak, factories.member().pk, TODAY))


def lot(of: Entry) -> Lot:
    """The credits of one entry."""
    return Lot.objects.create(member=of.member, entry=of, amount=5, remaining=5, expires_on=TODAY)


def an_entry_opens_one_lot() -> None:
    granted = entry(deed())
    once(lambda: lot(granted))


def an_entry_uses_a_lot_once() -> None:
    granted = entry(deed())
    opened = lot(granted)
    once(lambda: LotUse.objects.create(lot=opened, entry=granted, amount=2))


def a_level_is_kept_once() -> None:
    member = factories.member()
    once(lambda: KeptLevel.objects.create(member=member, number=2, until=TODAY))


def a_streak_of_a_member_is_one_row() -> None:
    streak, member = Streak.objects.order_by("pk")[0], factories.member()
    once(lambda: StreakRun.objects.create(streak=streak, member=member))


def quest() -> Quest:
    """Something to do today."""
    return Quest.objects.create(slug="today", name="Today", first_day=TODAY, last_day=TODAY, credits=5)


def a_step_of_a_quest_is_one_row_for_each_member() -> None:
    step = QuestStep.objects.create(quest=quest(), metric="helpful_votes", count=9)
    grows(QuestProgress, ("step", "member"), "value", lambda: (step.pk, factories.member().pk))


def a_quest_is_completed_once() -> None:
    done, made = deed("quest.completed:1:1:1", verb="quest.completed"), quest()
    once(lambda: QuestCompletion.objects.create(quest=made, member=done.actor, activity=done, at=NOW))


def case() -> HoldCase:
    """A suspicion."""
    return HoldCase.objects.create(pattern="mutual", opened_at=NOW)


def a_member_is_held_once_in_a_case() -> None:
    opened, member = case(), factories.member()
    once(lambda: Hold.objects.create(case=opened, member=member, placed_at=NOW))


def a_deed_is_accused_once() -> None:
    done = deed()
    once(lambda: HeldDeed.objects.create(case=case(), activity=done))


def an_entry_is_held_once() -> None:
    held = entry(deed())
    hold = Hold.objects.create(case=case(), member=held.member, placed_at=NOW)
    once(lambda: HeldEntry.objects.create(hold=hold, entry=held))


def a_cap_is_one_row() -> None:
    key = (Rule.objects.order_by("pk")[0].pk, "day:member:1", TODAY)
    for _ in range(2):
        increments.move(CapUse, {key: (1, 5)}, key=("rule", "scope", "start"), values=("times", "amount"))
    assert list(CapUse.objects.values_list("times", "amount")) == [(2, 10)]


SCENARIOS: list[tuple[type[models.Model], str, Callable[[], None]]] = [
    (Entry, "entry_exactly_once", a_grant_is_booked_once),
    (Entry, "reverses_id", an_entry_is_taken_back_once),
    (Activity, "key", a_deed_is_recorded_once),
    (Activity, "undoes_id", a_deed_is_undone_once),
    (Delivery, "delivery_unique", a_deed_is_delivered_once),
    (Evaluation, "activity_id", a_deed_takes_effect_once),
    (Decision, "decision_once", a_rule_decides_once),
    (Due, "due_unique", a_decision_waits_once),
    (Award, "award_unique", a_grade_is_held_once),
    (Balance, "balance_unique", a_balance_is_one_row),
    (Counter, "counter_unique", a_counter_is_one_row),
    (BoardScore, "board_score_unique", a_board_has_one_row_for_each_member),
    (DayCount, "day_count_unique", a_day_is_one_row),
    (PairDay, "pair_day_unique", a_person_of_a_day_is_one_row),
    (CapUse, "cap_use_unique", a_cap_is_one_row),
    (TopicScore, "topic_score_unique", a_board_of_a_topic_has_one_row_for_each_member),
    (StreakDay, "streak_day_unique", a_day_of_a_streak_is_one_row),
    (Lot, "entry_id", an_entry_opens_one_lot),
    (LotUse, "lot_use_once", an_entry_uses_a_lot_once),
    (KeptLevel, "kept_level_unique", a_level_is_kept_once),
    (StreakRun, "streak_run_unique", a_streak_of_a_member_is_one_row),
    (QuestProgress, "quest_progress_unique", a_step_of_a_quest_is_one_row_for_each_member),
    (QuestCompletion, "quest_completion_unique", a_quest_is_completed_once),
    (Hold, "hold_once", a_member_is_held_once_in_a_case),
    (HeldDeed, "activity_id", a_deed_is_accused_once),
    (HeldEntry, "entry_id", an_entry_is_held_once),
]


def test_no_unique_constraint_of_these_tables_is_left_out() -> None:
    listed = {(model, name) for model, name, _scenario in SCENARIOS}
    tables = {model for model, _name in listed}
    named = {
        (model, known.name)
        for model in tables
        for known in model._meta.constraints
        if isinstance(known, models.UniqueConstraint)
    }
    columns = {
        (model, field.column)
        for model in tables
        for field in model._meta.concrete_fields
        if field.unique and not isinstance(field, models.AutoField)
    }
    assert listed == named | columns


@pytest.mark.parametrize(("model", "name", "scenario"), SCENARIOS)
def test_the_constraint_keeps_the_scenario_right(
    model: type[models.Model], name: str, scenario: Callable[[], None]
) -> None:
    scenario()


@pytest.mark.parametrize(("model", "name", "scenario"), SCENARIOS)
def test_without_the_constraint_the_scenario_goes_wrong(
    model: type[models.Model], name: str, scenario: Callable[[], None]
) -> None:
    (take_away_on_sqlite if connection.vendor == "sqlite" else take_away)(model, name)
    with pytest.raises((AssertionError, DatabaseError, pytest.fail.Exception)), transaction.atomic():
        scenario()


def take_away(model: type[models.Model], name: str) -> None:
    """Drop the unique constraint of that name, or those of the column, and what refers to them."""
    table, quote = model._meta.db_table, connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        found = connection.introspection.get_constraints(cursor, table)
        gone = [
            known
            for known, facts in found.items()
            if known == name or (facts["columns"] == [name] and (facts["unique"] or facts["primary_key"]))
        ]
        assert gone
        for known in gone:
            cursor.execute(f"ALTER TABLE {quote(table)} DROP CONSTRAINT IF EXISTS {quote(known)} CASCADE")
            cursor.execute(f"DROP INDEX IF EXISTS {quote(known)} CASCADE")


def take_away_on_sqlite(model: type[models.Model], name: str) -> None:
    """The same. What a table of SQLite was made with stays, so this one, still empty, is made again without it."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = %s", [name])
        if cursor.fetchone():
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
        made = str(cursor.fetchone()[0])
        without = re.sub(
            rf', CONSTRAINT "{name}" UNIQUE \([^)]*\)|(?<="{name}" )([^,]*?) (?:UNIQUE|PRIMARY KEY)\b', r"\1", made
        )
        assert made != without
        assert not model._default_manager.exists()
        cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}")
        cursor.execute(without)
