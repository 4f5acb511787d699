"""Who owns what, said beside names. Who asks the rows attaches it: see ``queries.ownership.attach``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.models import Member, Product
from community.queries import ownership
from community.templatetags.ui import NOTHING, icon

register = template.Library()


@register.simple_tag
def owns_since(member: Member) -> SafeString:
    """Say since when the author owns what the page is about; nothing where no order says so."""
    since: datetime | None = vars(member).get("owns_since")
    if since is None:
        return NOTHING
    return format_html(
        '<span class="owned" title="{}">{}{}<span class="vh">. {}</span></span>',
        _("Verified by an order in the shop"),
        icon("check", "s"),
        _("Owns it since %(month)s") % {"month": month(since)},
        _("Verified by an order in the shop"),
    )


@register.filter
def month(at: datetime) -> str:
    """Write a moment as month and year: the day somebody bought something is theirs."""
    return formats.date_format(timezone.localtime(at), "F Y")


@register.inclusion_tag("products/owners.html")
def owners_who_help(product: Product, count: int = 5) -> dict[str, Any]:
    """Owners of ``product`` who answer questions, with how many own it in all. Two queries."""
    return {"product": product, "owners": ownership.owners_who_help(product, count=count)}
