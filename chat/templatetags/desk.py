"""What the desk shows of those who ask, in the helper's words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chat.models import HelpRequest
from chat.queries import context
from community.models import Order
from community.templatetags import ui

register = template.Library()

REASONS = {
    "owns": _("You own the %(product)s"),
    "product": _("You know the %(product)s"),
    "topic": _("You know about: %(topic)s"),
    "language": _("You speak %(language)s"),
    "last_time": _("You helped them last time"),
    "rating": _("Rated %(rating)s of 5"),
    "newcomer": _("You are new here, and everybody gets a first chance"),
    "rule": _("Rule: %(rule)s"),
}


@register.simple_tag
def asker_name(help_request: HelpRequest) -> str:
    """The name that they typed, or what they are."""
    return context.name(help_request) or gettext("Visitor in the shop")


@register.simple_tag
def asker_face(help_request: HelpRequest) -> SafeString:
    """The first letter of the name on a colour that stays the same for the same conversation."""
    tone = ui.INITIAL_TONES[help_request.conversation_id % len(ui.INITIAL_TONES)]
    return format_html(
        '<span class="avatar"><span class="avatar__initials" data-tone="{}" aria-hidden="true">{}</span></span>',
        tone,
        asker_name(help_request)[:1].upper(),
    )


@register.simple_tag
def order_status(status: str) -> str:
    """Where an order stands."""
    return str(dict(Order.Status.choices).get(status, status))


@register.simple_tag
def amount(value: str, currency: str) -> str:
    """An amount that the shop's page told, which may be no number."""
    try:
        return ui.money(Decimal(value), currency or "EUR")
    except InvalidOperation:
        return ""


@register.simple_tag
def reason_words(reason: Mapping[str, Any]) -> str:
    """Why somebody was chosen, said to them; nothing for a reason that this version does not know."""
    facts = dict(reason)
    if "language" in facts:
        facts["language"] = ui.language_name(facts["language"])
    if "rating" in facts:
        facts["rating"] = formats.number_format(facts["rating"], 1)
    return str(REASONS.get(facts["reason"], "")) % facts
