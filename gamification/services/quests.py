"""Quests: steps are counted with the metrics that they name; who did them all is paid by a rule, once.

Completing is a deed of the journal, and so is losing it again: the ledger books and reverses it like any other.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import activity, freshness
from community.models import Member
from community.refusals import Refusal
from gamification.models import Quest, QuestCompletion, QuestProgress, QuestStep, Rule, RuleVersion
from gamification.queries import quests as queries
from gamification.services import increments, turns
from gamification.state import Move
from gamification.words import in_all_languages

#: More than this is not for a manager alone to give away.
MOST = 500
Steps = Mapping[str, int]
#: (quest, member)
Whose = tuple[int, int]


class Running(Refusal):
    """What people already work at does not change under their hands."""

    code = "quest_running"
    message = _("People are at it already. Days, steps and points stay as they are; write another quest instead.")


class NoSteps(Refusal):
    """A quest asks for something and pays for it."""

    code = "quest_empty"
    message = _("Name at least one step, and points for whoever does them all.")
    status = 422


class BadDays(Refusal):
    """A quest ends on or after its first day."""

    code = "quest_days"
    message = _("A quest ends on or after its first day.")
    field = "last_day"
    status = 422


class TooMuch(Refusal):
    """Large amounts go through a rule, which a second person approves."""

    code = "quest_too_much"
    message = _("At most 500 points of each kind. For more, write a rule that a second person approves.")
    field = "reputation"
    status = 422


def check(*, quest: Quest, steps: Steps) -> None:
    """Say whether the quest can be stored. Raises ``NoSteps``, ``BadDays``, ``TooMuch`` and ``Running``."""
    if not steps or not (quest.reputation or quest.credits):
        raise NoSteps
    if quest.last_day < quest.first_day:
        raise BadDays
    if max(quest.reputation, quest.credits) > MOST:
        raise TooMuch
    former = Quest.objects.filter(pk=quest.pk).first()
    if former is None or _terms(former, _steps(former)) == _terms(quest, steps):
        return
    if QuestProgress.objects.filter(step__quest=quest, value__gt=0).exists():
        raise Running


@transaction.atomic
def keep(*, quest: Quest, steps: Steps, by: Member | None, at: datetime) -> None:
    """Store a new or changed quest; what was done on its days before is counted as well.

    ``steps`` say how often each metric must move. Raises ``NoSteps``, ``BadDays``, ``TooMuch`` and ``Running``.
    """
    turns.alone()
    check(quest=quest, steps=steps)
    rule = quest.rule = _rule(quest)
    quest.save()
    _pay(quest, rule, by, at)
    if _steps(quest) != dict(steps):
        quest.steps.all().delete()
        QuestStep.objects.bulk_create(QuestStep(quest=quest, metric=m, count=n) for m, n in steps.items())
    _count_anew(quest, at)
    transaction.on_commit(freshness.changed, robust=True)


def count(moves: Mapping[Move, int], *, at: datetime) -> None:
    """Move the progress of quests by what a batch moved. The caller holds the members' lock."""
    days = [date.fromordinal(move.day) for move in moves]
    if not days:
        return
    steps = list(
        QuestStep.objects.filter(
            metric__in={move.metric for move in moves},
            quest__first_day__lte=max(days),
            quest__last_day__gte=min(days),
        ).select_related("quest")
    )
    found: Tally[tuple[int, int]] = Tally()
    for move, number in moves.items():
        for step in steps:
            day = date.fromordinal(move.day)
            if step.metric == move.metric and step.quest.first_day <= day <= step.quest.last_day:
                found[step.pk, move.member] += number
    after = increments.add(QuestProgress, found, key=("step", "member"), value="value")
    wanted = {step.pk: step for step in steps}
    crossed = {
        (wanted[step].quest_id, member)
        for (step, member), value in after.items()
        if (value >= wanted[step].count) != (value - found[step, member] >= wanted[step].count)
    }
    _settle(crossed, at)


def _settle(crossed: set[Whose], at: datetime) -> None:
    """Record for each (quest, member) that it is complete, or no longer, where that is news."""
    if not crossed:
        return
    quests = {quest for quest, _ in crossed}
    members = Member.objects.in_bulk({member for _, member in crossed})
    progress: dict[tuple[int, int], int] = {
        (step, member): value
        for step, member, value in QuestProgress.objects.filter(step__quest__in=quests, member__in=members).values_list(
            "step_id", "member_id", "value"
        )
    }
    steps: dict[int, list[QuestStep]] = {}
    for step in QuestStep.objects.filter(quest__in=quests).order_by("id"):
        steps.setdefault(step.quest_id, []).append(step)
    rows = QuestCompletion.objects.filter(quest__in=quests, member__in=members)
    known = {(row.quest_id, row.member_id): row for row in rows}
    for quest, member in sorted(crossed):
        done = all(progress.get((step.pk, member), 0) >= step.count for step in steps[quest])
        row = known.get((quest, member))
        if done and not (row and row.stands):
            _complete(quest, members[member], row, at)
        elif not done and row and row.stands:
            _reopen(row, members[member], at)


def _complete(quest: int, member: Member, row: QuestCompletion | None, at: datetime) -> None:
    number = row.round + 1 if row else 1
    deed = activity.record(
        verb=activity.QUEST_COMPLETED,
        key=f"{activity.QUEST_COMPLETED}:{quest}:{member.pk}:{number}",
        actor=member,
        subject=("quest", quest),
        at=at,
        facts={"quest": quest},
    )
    QuestCompletion.objects.update_or_create(
        quest_id=quest, member=member, defaults={"round": number, "activity": deed, "stands": True, "at": at}
    )


def _reopen(row: QuestCompletion, member: Member, at: datetime) -> None:
    key = f"{activity.QUEST_COMPLETED}:{row.quest_id}:{member.pk}:{row.round}"
    activity.undo(key=key, verb=activity.QUEST_REOPENED, actor=member, at=at)
    QuestCompletion.objects.filter(pk=row.pk).update(stands=False)


def _count_anew(quest: Quest, at: datetime) -> None:
    steps: Sequence[QuestStep] = list(quest.steps.all())
    by_metric = {step.metric: step for step in steps}
    found = queries.done_within(quest)
    QuestProgress.objects.filter(step__in=steps).delete()
    QuestProgress.objects.bulk_create(
        (
            QuestProgress(step=by_metric[metric], member_id=member, value=value)
            for (metric, member), value in sorted(found.items())
        ),
        batch_size=500,
    )
    held = QuestCompletion.objects.filter(quest=quest).values_list("member_id", flat=True)
    _settle({(quest.pk, member) for _, member in found} | {(quest.pk, member) for member in held}, at)


def _steps(quest: Quest) -> Steps:
    return dict(quest.steps.values_list("metric", "count"))


def _terms(quest: Quest, steps: Steps) -> tuple[object, ...]:
    return quest.first_day, quest.last_day, quest.reputation, quest.credits, dict(steps)


def _rule(quest: Quest) -> Rule:
    names = in_all_languages(quest, "name")
    texts = {**names, **_reasons(names)}
    if quest.rule is None:
        return Rule.objects.create(slug=f"quest-{quest.slug}", **texts)
    Rule.objects.filter(pk=quest.rule.pk).update(**texts)
    return quest.rule


def _reasons(names: Mapping[str, str]) -> dict[str, str]:
    """What the ledger says to the member, in every language of the site."""
    reasons = {}
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            reasons[f"reason_{code}"] = gettext("You completed “%(name)s”.") % {"name": names[f"name_{code}"]}
    return reasons


def _pay(quest: Quest, rule: Rule, by: Member | None, at: datetime) -> None:
    """Give the quest's rule a version that pays what the quest promises; nobody was paid by another one yet."""
    newest = RuleVersion.objects.filter(rule=rule).order_by("-number").first()
    terms = {"reputation": quest.reputation, "credits": quest.credits}
    if newest and {name: getattr(newest, name) for name in terms} == terms:
        return
    if newest:
        RuleVersion.objects.filter(pk=newest.pk).update(state=RuleVersion.State.RETIRED, retired_at=at)
    RuleVersion.objects.create(
        rule=rule,
        number=newest.number + 1 if newest else 1,
        state=RuleVersion.State.ACTIVE,
        verb=activity.QUEST_COMPLETED,
        recipient=RuleVersion.Recipient.ACTOR,
        condition={"fact": "quest", "is": "eq", "value": quest.pk},
        active_from=at,
        written_by=by,
        **terms,
    )
