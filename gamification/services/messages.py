"""Messages: tell members what they earned, one message for each batch instead of an avalanche."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from community.models import Notification
from community.services import notifications
from gamification.drawing import drawing
from gamification.models import Award, Currency, Entry
from gamification.words import in_all_languages

POINTS_EARNED = "points.earned"
BADGE_EARNED = "badge.earned"
MUCH_EARNED = "much.earned"
#: From so many badges of one batch on, one message tells of all of them and of the points.
MANY = 3


def tell(entries: Iterable[Entry], awards: Iterable[Award], *, at: datetime) -> None:
    """Store the notifications of one batch. A badge opens its dialog; then the points are told without a toast."""
    badged: dict[int, list[Award]] = defaultdict(list)
    for award in awards:
        badged[award.member_id].append(award)
    earned: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        earned[entry.member_id].append(entry)
    many = {member for member, own in badged.items() if len(own) >= MANY}
    rows = [_points(member, own, quiet=member in badged, at=at) for member, own in earned.items() if member not in many]
    for member, own in badged.items():
        if member in many:
            rows.append(_digest(own, earned.get(member, []), at=at))
        else:
            rows += [_badge(award, quiet=number > 0, at=at) for number, award in enumerate(reversed(own))]
    notifications.tell(rows)


def badge_key(grade: int) -> str:
    """Under which key a member is told of a grade."""
    return f"{BADGE_EARNED}:{grade}"


def _points(member: int, entries: list[Entry], *, quiet: bool, at: datetime) -> Notification:
    first = entries[0]
    return Notification(
        member_id=member,
        kind=POINTS_EARNED,
        key=f"{POINTS_EARNED}:{first.pk}",
        actor_id=first.activity.actor_id,
        thread_id=first.activity.facts.get("thread"),
        facts={
            **_sums(entries),
            "entry": first.pk,
            "deeds": len({entry.activity_id for entry in entries}),
            **(in_all_languages(first.rule_version.rule, "reason") if first.rule_version else {}),
        },
        created_at=first.activity.at,
        shown_at=at if quiet or first.activity.at < at - notifications.FRESH else None,
    )


def _digest(awards: list[Award], entries: list[Entry], *, at: datetime) -> Notification:
    latest = max(award.activity.at for award in awards)
    return Notification(
        member_id=awards[0].member_id,
        kind=MUCH_EARNED,
        key=f"{MUCH_EARNED}:{awards[0].activity_id}:{len(awards)}",
        facts={**_sums(entries), "badges": len(awards), "pin": drawing(awards[-1].grade)},
        created_at=latest,
        shown_at=at if latest < at - notifications.FRESH else None,
    )


def _sums(entries: list[Entry]) -> dict[str, int]:
    return {currency: sum(e.amount for e in entries if e.currency == currency) for currency in Currency.values}


def _badge(award: Award, *, quiet: bool, at: datetime) -> Notification:
    deed = award.activity
    return Notification(
        member_id=award.member_id,
        kind=BADGE_EARNED,
        key=badge_key(award.grade_id),
        thread_id=deed.facts.get("thread"),
        facts={
            "pin": drawing(award.grade),
            "threshold": award.grade.threshold,
            **in_all_languages(award.grade.badge, "name"),
            **in_all_languages(award.grade.badge, "description"),
        },
        created_at=deed.at,
        shown_at=at if quiet or deed.at < at - notifications.FRESH else None,
    )
