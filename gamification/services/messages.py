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


def tell(entries: Iterable[Entry], awards: Iterable[Award], *, at: datetime) -> None:
    """Store the notifications of one batch. A badge opens its dialog; then the points are told without a toast."""
    badged: dict[int, list[Award]] = defaultdict(list)
    for award in awards:
        badged[award.member_id].append(award)
    earned: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        earned[entry.member_id].append(entry)
    rows = [_points(member, own, quiet=member in badged, at=at) for member, own in earned.items()]
    for own in badged.values():
        rows += [_badge(award, quiet=number > 0, at=at) for number, award in enumerate(reversed(own))]
    notifications.tell(rows)


def badge_key(grade: int) -> str:
    """Under which key a member is told of a grade."""
    return f"{BADGE_EARNED}:{grade}"


def _points(member: int, entries: list[Entry], *, quiet: bool, at: datetime) -> Notification:
    first = entries[0]
    total = {currency: sum(e.amount for e in entries if e.currency == currency) for currency in Currency.values}
    return Notification(
        member_id=member,
        kind=POINTS_EARNED,
        key=f"{POINTS_EARNED}:{first.pk}",
        actor_id=first.activity.actor_id,
        thread_id=first.activity.facts.get("thread"),
        facts={
            **total,
            "entry": first.pk,
            "deeds": len({entry.activity_id for entry in entries}),
            **(in_all_languages(first.rule_version.rule, "reason") if first.rule_version else {}),
        },
        created_at=first.activity.at,
        shown_at=at if quiet or first.activity.at < at - notifications.FRESH else None,
    )


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
