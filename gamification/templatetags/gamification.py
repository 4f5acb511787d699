"""Parts that pages of the community show of gamification: level, badges, points, top helpers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.models import Member
from gamification import explaining
from gamification.chart import line_chart
from gamification.drawing import drawing
from gamification.queries import badges, boards, ledger, streaks
from gamification.queries.days import site_day
from gamification.words import credits_name, how_often, more, reputation_name

register = template.Library()

HELPERS = 4


register.simple_tag(reputation_name)
register.simple_tag(how_often, name="metric_count")
register.simple_tag(credits_name)
register.simple_tag(more, name="metric_missing")


@register.simple_tag
def metrics_missing(pairs: Iterable[tuple[str, int]]) -> str:
    """What is left of several metrics."""
    return ", ".join(more(metric, number) for metric, number in pairs)


register.filter("reason", explaining.reason)


@register.filter
def worded(facts: Mapping[str, str], name: str) -> str:
    """The text ``name`` among a notification's facts, in the reader's language."""
    return facts.get(f"{name}_{get_language()}", "")


@register.filter
def stored_date(text: str) -> str:
    """A day among a notification's facts, as the reader writes it."""
    return formats.date_format(date.fromisoformat(text), "DATE_FORMAT")


@register.inclusion_tag("gamification/helpers.html", takes_context=True)
def helpers(context: RequestContext) -> dict[str, Any]:
    """The best of the week, and the reader's own place."""
    today = site_day(timezone.now())
    user = context["request"].user
    week = boards.week(today)
    own = boards.place_of(user, week) if isinstance(user, Member) else None
    return {"rows": boards.best(week, limit=HELPERS), "own": own, "user": user}


@register.inclusion_tag("gamification/level_card.html", takes_context=True)
def level_card(context: RequestContext, member: Member) -> dict[str, Any]:
    """Reputation, level and the way to the next one; credits and streaks for the owner's eyes only."""
    own = context["request"].user == member
    balances = ledger.balances_of(member)
    level, ahead = ledger.next_level(balances["reputation"])
    floor = level.threshold if level else 0
    return {
        "member": member,
        "own": own,
        "flames": streaks.flames(member, at=timezone.now()) if own else [],
        **balances,
        "reputation_name": reputation_name(),
        "credits_name": credits_name(),
        "level": level,
        "next_level": ahead,
        "span": ahead.threshold - floor if ahead else 0,
        "gained": balances["reputation"] - floor,
        "missing": ahead.threshold - balances["reputation"] if ahead else 0,
    }


@register.inclusion_tag("gamification/badge_shelf.html", takes_context=True)
def badge_shelf(context: RequestContext, member: Member) -> dict[str, Any]:
    """The member's badges; what is within reach, and what was taken back, for the owner's eyes only."""
    own = context["request"].user == member
    taken = list(badges.revoked_from(member)) if own else []
    earned = [
        {"pin": drawing(award.grade), "name": award.grade.badge.name, "at": award.at}
        | {"description": award.grade.badge.description, "slug": award.grade.badge.slug, "tier": award.grade.tier}
        | {"kept_until": award.kept_until if own else None}
        for award in badges.awards_of(member)
    ]
    ahead = [
        {"pin": drawing(step.grade), "name": step.grade.badge.name, "value": step.value}
        | {"description": step.grade.badge.description, "threshold": step.grade.threshold, "words": step.words}
        for step in (badges.within_reach(member, closed={row.grade_id for row in taken}) if own else [])
    ]
    revoked = [
        {"pin": drawing(row.grade), "name": row.grade.badge.name, "reason": row.reason, "at": row.at} for row in taken
    ]
    return {"member": member, "own": own, "earned": earned, "next": ahead, "revoked": revoked}


@register.inclusion_tag("gamification/points_chart.html")
def points_chart(member: Member) -> dict[str, Any]:
    """Reputation by week as a line; the numbers stand in a table beside it."""
    today = site_day(timezone.now())
    weeks = ledger.weekly_reputation(member, today=today)
    values = [value for _start, value in weeks]
    return {
        "weeks": [{"label": formats.date_format(start, "SHORT_DATE_FORMAT"), "value": value} for start, value in weeks],
        "this_week": values[-1],
        "first_label": formats.date_format(weeks[0][0], "MONTH_DAY_FORMAT"),
        "summary": _("%(name)s by week; this week %(n)d") % {"name": reputation_name(), "n": values[-1]},
        "reputation_name": reputation_name(),
        **line_chart(values),
    }
