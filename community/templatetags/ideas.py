"""The small parts of ideas and contests: status, stage, times in a contest's zone, composed products."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import template
from django.db.models import Model
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from community import markdown, stages
from community.models.contest import Contest
from community.models.idea import Idea
from community.stages import Stage
from community.templatetags.ui import NOTHING, money

register = template.Library()

TONES = {
    Idea.Status.UNDER_REVIEW: "fjord",
    Idea.Status.PLANNED: "crema",
    Idea.Status.BUILDING: "heather",
    Idea.Status.SHIPPED: "spruce",
    Idea.Status.DECLINED: "neutral",
}


@register.filter
def status_tone(status: str) -> str:
    """The colour of a status."""
    return TONES.get(Idea.Status(status), "neutral")


@register.simple_tag
def status_chip(status: str, *, always: bool = False) -> SafeString:
    """Say what the brand decided; a new idea is not decided and says nothing unless asked."""
    if status == Idea.Status.NEW and not always:
        return NOTHING
    return format_html('<span class="chip" data-tone="{}">{}</span>', status_tone(status), Idea.Status(status).label)


@register.simple_tag
def stage_line(contest: Contest, now: datetime) -> str:
    """Where a contest stands and how long that lasts, in a few words."""
    stage = contest.stage(now)
    if contest.closed_at:
        return gettext("Idea contest, decided")
    if stage == Stage.UPCOMING:
        return gettext("Idea contest, starts %(day)s") % {"day": day_in(contest.submit_from, contest)}
    if stage == Stage.ENDED:
        return gettext("Idea contest, votes are being counted")
    if stage == Stage.JURY:
        return gettext("Idea contest, the jury decides")
    until = contest.timetable.voting_ends
    days = stages.days_left(now, until)
    return ngettext("Idea contest, last day", "Idea contest, %(n)d days left", days) % {"n": days}


@register.simple_tag
def moment_in(moment: datetime, contest: Contest) -> SafeString:
    """A moment as the clocks show it where the contest is held."""
    local = timezone.localtime(moment, ZoneInfo(contest.time_zone))
    words = formats.date_format(local.replace(tzinfo=None), "SHORT_DATETIME_FORMAT")
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), words)


@register.simple_tag
def day_in(moment: datetime, contest: Contest) -> str:
    """The day of a moment where the contest is held."""
    local = timezone.localtime(moment, ZoneInfo(contest.time_zone))
    return formats.date_format(local.replace(tzinfo=None), "DATE_FORMAT")


@register.filter
def in_words(line: dict[str, str], name: str) -> str:
    """A part of a composed product in the reader's language."""
    return line.get(f"{name}_{get_language()}") or line.get(f"{name}_en") or ""


@register.filter
def excerpt(html: str, length: int) -> str:
    """The beginning of a rendered text in plain words."""
    return markdown.excerpt(html, length)


@register.simple_tag
def effect(amount: Decimal | str, currency: str) -> str:
    """What a choice does to the price: with its sign, and in words where it does nothing."""
    value = Decimal(amount)
    if not value:
        return gettext("no extra charge")
    sign = "+" if value > 0 else "\N{MINUS SIGN}"
    return f"{sign}\N{NARROW NO-BREAK SPACE}{money(abs(value), currency)}"


@register.simple_tag
def composed_lines(composed: object, toolkit: Model) -> list[dict[str, object]]:
    """What was picked so far, in the words of the toolkit."""
    picks = getattr(composed, "picks", {})
    return [
        {"option": option.name, "choice": choice.name, "price_effect": choice.price_effect}
        for option in toolkit.options.all()  # type: ignore[attr-defined] # a Toolkit with its options prefetched
        for choice in option.choices.all()
        if picks.get(option.key) == choice.key
    ]
