"""Words of the programme: criteria of a tier, days among facts, and the line on a profile."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador, Tier
from ambassadors.queries import programme
from ambassadors.tier_rules import RATED_FROM, Criterion
from community.models import Member

register = template.Library()


@register.filter
def stored_day(text: str) -> str:
    """A moment among a notification's facts, as a day."""
    if not text:
        return ""
    return formats.date_format(timezone.localtime(datetime.fromisoformat(text)), "DATE_FORMAT")


@register.filter
def criterion_words(criterion: Criterion) -> str:
    """What a tier asks for, with the number that is there: "318 of 400 consultations"."""
    needs = _number(criterion)
    if criterion.has is None:
        return _("an average rating of %(needs)s, shown from %(n)s ratings on") % {"needs": needs, "n": RATED_FROM}
    values = {"has": _number(criterion, has=True), "needs": needs}
    return {
        "consultations": _("%(has)s of %(needs)s consultations"),
        "rating": _("%(has)s on average, asked for: %(needs)s"),
        "window_consultations": _("%(has)s of %(needs)s consultations lately"),
        "window_rating": _("%(has)s on average lately, asked for: %(needs)s"),
    }[criterion.name] % values


@register.filter
def tier_pin(tier: Tier | None) -> dict[str, str]:
    """A tier drawn as a pin."""
    return {"shape": "shield", "tone": "spruce", "tier": tier.medal, "glyph": "shield"} if tier else {}


@register.simple_tag
def place_of(member: Member) -> Ambassador | None:
    """The member's place in the programme as their profile shows it; nothing of who never was active."""
    found = programme.ambassador_of(member)
    return found if found and found.since and found.state != Ambassador.State.ONBOARDING else None


@register.filter
def in_words(names: dict[str, Any]) -> str:
    """A name that is kept in each language."""
    return str(names.get(get_language() or "") or next(iter(names.values()), ""))


def _number(criterion: Criterion, *, has: bool = False) -> str:
    value = criterion.has if has else criterion.needs
    return formats.number_format(value or 0, decimal_pos=1 if "rating" in criterion.name else 0, force_grouping=True)
