"""The small parts of pay: money and months, as rows and as the facts of a notification have them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from django import template
from django.conf import settings
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambassadors.queries import consultations
from community.templatetags import ui

register = template.Library()

register.filter("talk_stars", consultations.stars_of)
register.filter("talk_asker", consultations.asker_of)
register.filter("talk_subject", consultations.subject_of)


@register.simple_tag
def stored_money(amount: str, currency: str) -> str:
    """An amount among a notification's facts, as the reader writes it."""
    return ui.money(Decimal(amount), currency)


@register.filter
def month(day: date) -> str:
    """The month in which a day lies."""
    return formats.date_format(day, "YEAR_MONTH_FORMAT")


@register.filter
def clock(span: timedelta) -> str:
    """A short time in minutes and seconds."""
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"


@register.filter
def stored_month(text: str) -> str:
    """A month among a notification's facts."""
    return month(date.fromisoformat(text))


@register.filter
def tier_name(tier: Mapping[str, str]) -> str:
    """The name of a tier in the reader's language."""
    return tier.get(get_language() or settings.LANGUAGE_CODE) or next(iter(tier.values()), "")


@register.simple_tag
def vat_part(total: Decimal, rate: int) -> Decimal:
    """The tax that an amount includes."""
    return (total * rate / (100 + rate)).quantize(Decimal("0.01"))


@register.filter
def fingerprint(digest: str) -> str:
    """A hash so that two can be compared by eye."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8)) if digest else _("none")
