"""Falls: who would lose a level by a correction is told some days before, with what keeps it."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from community.models import Notification
from community.services import notifications
from gamification.models import Balance, Currency, Level, Replay
from gamification.queries.days import site_day
from gamification.rules import level_at
from gamification.services.drift import Drift, Part
from gamification.words import in_all_languages

LEVEL_FALLING = "level.falling"
#: So long before the correction it is told.
AHEAD = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Fall:
    """A member who would lose ``level``, and how much reputation would keep it."""

    member: int
    level: Level
    missing: int


def warn(*, replay: Replay, drifts: Iterable[Drift], at: datetime) -> date | None:
    """Tell whom the swap of ``replay`` would bring to a lower level; return the day until which it waits for them.

    ``None`` says that it need not wait any longer. Who was told once is not told again.
    """
    falls = list(_falls(drifts))
    told = set(replay.result.get("told", ()))
    news = [fall for fall in falls if fall.member not in told]
    today = site_day(at)
    if not news:
        until = date.fromisoformat(replay.result["waits_until"]) if falls else today
        return until if today < until else None
    until = today + AHEAD
    notifications.tell([_notice(replay, fall, until, at) for fall in news])
    told |= {fall.member for fall in news}
    Replay.objects.filter(pk=replay.pk).update(
        result={**replay.result, "told": sorted(told), "waits_until": until.isoformat()}
    )
    return until


def _falls(drifts: Iterable[Drift]) -> Iterator[Fall]:
    steps: Tally[int] = Tally()
    for row in drifts:
        currency = {Part.LEDGER: 2, Part.BALANCES: 1}.get(Part(row.part))
        if row.member is not None and currency is not None and row.key[currency] == Currency.REPUTATION:
            steps[row.member] += row.replayed - row.kept
    losing = {member: step for member, step in steps.items() if step < 0}
    levels = {level.number: level for level in Level.objects.all()}
    ladder = [(level.number, level.threshold) for level in levels.values()]
    purses = Balance.objects.filter(member__in=losing, currency=Currency.REPUTATION)
    for member, value in purses.order_by("member_id").values_list("member_id", "value"):
        after = value + losing[member]
        number = level_at(value, ladder)[0]
        if level_at(after, ladder)[0] < number:
            yield Fall(member, levels[number], levels[number].threshold - after)


def _notice(replay: Replay, fall: Fall, until: date, at: datetime) -> Notification:
    return Notification(
        member_id=fall.member,
        kind=LEVEL_FALLING,
        key=f"{LEVEL_FALLING}:{replay.pk}",
        facts={"missing": fall.missing, "until": until.isoformat(), **in_all_languages(fall.level, "name")},
        created_at=at,
    )
