"""Quests as members see them, and what was done on their days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from community.models import Member
from gamification.models import DayCount, Quest, QuestCompletion, QuestProgress, QuestStep
from gamification.words import how_often, more

#: So long a quest that is over stays on the page.
LINGERS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step, and how far the reader is."""

    step: QuestStep
    value: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self.value >= self.step.count

    @property
    def words(self) -> str:
        """What is left to do; once it is done, what it was."""
        if self.is_done:
            return how_often(self.step.metric, self.step.count)
        return more(self.step.metric, self.step.count - self.value)


@dataclass(frozen=True, slots=True)
class Journey:
    """A quest with the reader's progress."""

    quest: Quest
    stages: tuple[Stage, ...]
    completion: QuestCompletion | None
    is_over: bool
    is_ahead: bool

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(stage.is_done for stage in self.stages)


def visible(today: date) -> list[Quest]:
    """The quests that run or come, what ends first is first; then those that ended a short while ago."""
    rows = Quest.objects.filter(last_day__gte=today - LINGERS).prefetch_related("steps")
    return sorted(rows, key=lambda quest: (quest.last_day < today, quest.last_day, quest.pk))


def journeys(member: Member | None, *, today: date) -> list[Journey]:
    """Every visible quest, with the member's progress."""
    quests = visible(today)
    values: dict[int, int] = {}
    completed: dict[int, QuestCompletion] = {}
    if member:
        own = QuestProgress.objects.filter(member=member, step__quest__in=quests)
        values = dict(own.values_list("step", "value"))
        rows = QuestCompletion.objects.filter(member=member, quest__in=quests, stands=True)
        completed = {row.quest_id: row for row in rows}
    return [
        Journey(
            quest=quest,
            stages=tuple(Stage(step, max(0, min(values.get(step.pk, 0), step.count))) for step in quest.steps.all()),
            completion=completed.get(quest.pk),
            is_over=quest.last_day < today,
            is_ahead=quest.first_day > today,
        )
        for quest in quests
    ]


def done_within(quest: Quest) -> dict[tuple[str, int], int]:
    """How often each metric of the quest's steps moved for each member on its days."""
    metrics = [step.metric for step in quest.steps.all()]
    days = DayCount.objects.filter(metric__in=metrics, day__range=(quest.first_day, quest.last_day)).order_by()
    moved = days.values_list("metric", "member").annotate(total=Sum("value"))
    return {(metric, member): total for metric, member, total in moved if total}
