"""Trust: what a member may do beyond the beginning, earned by being here and by what others found of use.

Points, purchases and levels of the game never enter: bought activity must not buy power.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from community import activity
from community.models import Member, Sanction, Seen

HIGHEST = 4
#: A level once earned is lost only below this share of what it took: nobody flickers between two levels.
KEEPS = 0.8
#: So long a sanction keeps a member down; two months of silence should not outlive a quarrel.
REMEMBERED = timedelta(days=90)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What counts: days of use, threads read, posts that everybody sees, and what others said of them."""

    days: int = 0
    read: int = 0
    posts: int = 0
    helpful: int = 0
    accepted: int = 0


#: What each level takes. 1 a second visit and a look around, which no advertising account bothers with · 2 a member
#: of some weeks whom others found helpful; votes down from here on · 3 a regular of months · 4 the core of a community.
LEVELS: tuple[Behaviour, ...] = (
    Behaviour(),
    Behaviour(days=2, read=5),
    Behaviour(days=10, read=20, posts=5, helpful=2),
    Behaviour(days=40, read=100, posts=25, helpful=20, accepted=3),
    Behaviour(days=120, read=300, posts=100, helpful=100, accepted=20),
)
#: The most that a member of this much recent trouble gets: after one sanction, and while suspended or after two.
AFTER_SANCTIONS = (HIGHEST, 1, 0)


def level_of(found: Behaviour, *, former: int, sanctions: int = 0) -> int:
    """The level that ``found`` earns who had ``former`` before, with so many recent ``sanctions``."""
    earned = max(number for number, needed in enumerate(LEVELS) if _reaches(found, needed, 1))
    kept = max(number for number in range(former + 1) if _reaches(found, LEVELS[number], KEEPS))
    return min(max(earned, kept), AFTER_SANCTIONS[min(sanctions, 2)])


def judge(*, at: datetime, after: int = 0) -> int | None:
    """Set the trust of the next members in the order of their ids; return where to go on, or ``None`` at the end."""
    members = list(_candidates(at).filter(pk__gt=after).order_by("pk")[:BATCH])
    ids = [member.pk for member in members]
    read = _numbers(Seen.objects.filter(member__in=ids))
    troubles = _numbers(_troubles(at).filter(member__in=ids))
    for member in members:
        found = Behaviour(
            days=member.active_days,
            read=read.get(member.pk, 0),
            posts=member.thread_count + member.answer_count,
            helpful=member.helpful_count,
            accepted=member.accepted_count,
        )
        _set(member, level_of(found, former=member.trust, sanctions=troubles.get(member.pk, 0)), at)
    return members[-1].pk if len(members) == BATCH else None


def note_day(*, member: Member, at: datetime) -> None:
    """Count the day as one on which the member was here, once. Costs nothing the second time."""
    today = at.date()
    if member.active_on == today:
        return
    rows = Member.objects.filter(Q(active_on__lt=today) | Q(active_on=None), pk=member.pk)
    rows.update(active_days=Coalesce("active_days", 0) + 1, active_on=today)


@transaction.atomic
def _set(member: Member, level: int, at: datetime) -> None:
    """Change the level if it is another one, and tell the journal; its new power begins with the next request."""
    if level == member.trust or not Member.objects.filter(pk=member.pk, trust=member.trust).update(trust=level):
        return
    activity.repeat(
        verb=activity.TRUST_CHANGED,
        actor=member,
        subject=("member", member.pk),
        at=at,
        facts={"from": member.trust, "to": level},
    )


def _candidates(at: datetime) -> QuerySet[Member]:
    """Who was here lately, or has something to lose by a sanction."""
    trouble = Exists(_troubles(at).filter(member=OuterRef("pk")))
    return Member.objects.filter(Q(active_on__gte=at.date() - timedelta(days=2)) | trouble)


def _troubles(at: datetime) -> QuerySet[Sanction]:
    recent = Sanction.objects.filter(lifted_at=None, at__gt=at - REMEMBERED)
    return recent.exclude(grade=Sanction.Grade.NOTICE)


def _numbers(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.order_by().values_list("member").annotate(Count("pk")))


def _reaches(found: Behaviour, needed: Behaviour, share: float) -> bool:
    return all(
        getattr(found, name) >= getattr(needed, name) * share
        for name in ("days", "read", "posts", "helpful", "accepted")
    )
