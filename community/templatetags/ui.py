"""The small parts that every page repeats: icons, portraits, pins, labels, times.

The parts that appear dozens of times on a page are built here in Python; larger ones render ``templates/components``.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms, template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from community.models.role import Role
from community.models.thread import Phase
from community.registry import registry
from community.services import brands

if TYPE_CHECKING:
    from decimal import Decimal

    from django.forms import BoundField
    from django.template.context import RequestContext

    from community.models.brand import Brand
    from community.models.idea import Idea
    from community.models.member import Member
    from community.models.notification import Notification
    from community.models.product import Product
    from community.models.review import Review
    from community.models.thread import Thread

register = template.Library()

INITIAL_TONES = ("spruce", "fjord", "crema", "heather", "cherry", "night", "neutral")
ROLE_LOOKS = {
    Role.AMBASSADOR: ("spruce", "rosette"),
    Role.AGENT: ("night", "headset"),
    Role.MANAGER: ("night", "headset"),
    Role.MODERATOR: ("fjord", "shield"),
}
CURRENCY_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
NOTHING = mark_safe("")


@register.simple_tag
@cache  # a page draws dozens, always of the same few
def icon(name: str, variant: str = "") -> SafeString:
    """Draw a symbol of ``icons.svg``; ``variant`` is ``s`` or ``l``. Decorative: words stand beside it."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" icon--{variant}" if variant else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag
def medal(pin: dict[str, Any] | None, size: str = "", state: str = "") -> SafeString:
    """Draw a badge as an enamel pin; ``state="next"`` shows it before it is earned."""
    if not pin:
        return NOTHING
    sprite = static("icons.svg")
    return format_html(
        '<svg class="medal{}" viewBox="0 0 64 64" aria-hidden="true" data-tone="{}" data-tier="{}"{}>'
        '<use href="{}#pin-{}" width="64" height="64"/>'
        '<use href="{}#{}" x="19" y="19" width="26" height="26"/></svg>',
        f" medal--{size}" if size else "",
        pin.get("tone", "spruce"),
        pin.get("tier", "bronze"),
        format_html(' data-state="{}"', state) if state else "",
        sprite,
        pin.get("shape", "round"),
        sprite,
        pin.get("glyph", "star"),
    )


@register.simple_tag
def avatar(member: Member, size: str = "", *, ring: bool = True, pin: bool = True) -> SafeString:
    """Show a member's portrait with the level ring and the featured pin. Decorative: the name stands beside it."""
    standing = getattr(member, "standing", None) if ring or pin else None
    return format_html(
        '<span class="avatar{}">{}{}{}</span>',
        f" avatar--{size}" if size else "",
        _portrait(member),
        _ring(standing.level_progress) if ring and standing and standing.level else "",
        medal(standing.pin) if pin and standing else "",
    )


def _portrait(member: Member) -> SafeString:
    if member.avatar:
        return format_html('<img src="{}" alt="" width="128" height="128" loading="lazy">', member.avatar.url)
    tone = INITIAL_TONES[(member.pk or 0) % len(INITIAL_TONES)]
    return format_html(
        '<span class="avatar__initials" data-tone="{}" aria-hidden="true">{}</span>', tone, member.initials
    )


def _ring(progress: int) -> SafeString:
    return format_html(
        '<svg class="ring" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="22"/>'
        '<circle cx="24" cy="24" r="22" pathLength="100" stroke-dasharray="{} 100"/></svg>',
        progress,
    )


@register.simple_tag
def role_label(member: Member) -> SafeString:
    """Say in words what a member is to the brand, ambassadors with their tier; nothing for customers."""
    standing = getattr(member, "standing", None)
    if not standing or standing.role not in Role.values:
        return NOTHING
    role = Role(standing.role)
    tone, glyph = ROLE_LOOKS[role]
    tier = standing.tier.get(get_language() or "", "") if role == Role.AMBASSADOR else ""
    rank = format_html(' <span class="label__rank">{}</span>', tier) if tier else ""
    return format_html('<span class="label" data-tone="{}">{}{}{}</span>', tone, icon(glyph), role.label, rank)


@register.simple_tag
def phase_chip(phase: str) -> SafeString:
    """Show where in the customer journey a question arises."""
    return format_html('<span class="chip" data-tone="{}">{}</span>', phase, Phase(phase).label)


@register.simple_tag
def product_chip(product: Product | None) -> SafeString:
    """Show what a question is about, as a link to the product's page."""
    if product is None:
        return NOTHING
    image = format_html('<img src="{}" alt="" width="22" height="22">', picture(product)) if product.picture else ""
    return format_html('<a class="chip" href="{}">{}{}</a>', product.get_absolute_url(), image, product.name)


@register.simple_tag
def solved_label(thread: Thread, *, live: bool = False) -> SafeString:
    """Mark a thread whose asker accepted an answer; a ``live`` mark waits, hidden, for the moment that it is solved."""
    solved = thread.state == "solved"
    if not (solved or live):
        return NOTHING
    marks = SafeString((" data-solved" if live else "") + ("" if solved else " hidden"))
    return format_html(
        '<span class="label" data-tone="positive"{}>{}{}</span>', marks, icon("check-circle"), _("Solved")
    )


@register.simple_tag
def ago(at: datetime | None) -> SafeString:
    """Say how long ago a moment was, with the exact time for machines and on hovering."""
    if at is None:
        return NOTHING
    local, language = timezone.localtime(at).replace(tzinfo=None), get_language() or ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(timespec="seconds"),
        _written(local, "DATETIME_FORMAT", language),
        _distance(at) or _written(local, "DATE_FORMAT", language),
    )


@lru_cache(maxsize=4096)
def _written(local: datetime, form: str, language: str) -> str:
    """Write a moment out, as the reader's ``language`` does; every page shows the same moments again."""
    return formats.date_format(local, form)


def _distance(at: datetime) -> str:
    """How long ago in words, or nothing for what is a week old."""
    passed = timezone.now() - at
    minutes, hours, days = passed // timedelta(minutes=1), passed // timedelta(hours=1), passed.days
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if hours < 24:
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    if days < 7:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    return ""


@register.filter
def picture(product: Product) -> str:
    """Address of a product's picture, which is a static path or lives in the shop."""
    if product.picture.startswith(("http://", "https://", "/")):
        return product.picture
    return static(product.picture)


@register.filter
def foreign(language: str) -> SafeString:
    """Write the ``lang`` attribute of a text that is not in the reader's language."""
    if not language or language == get_language():
        return NOTHING
    return format_html(' lang="{}"', language)


@register.simple_tag
def language_name(code: str) -> str:
    """A language as the reader calls it."""
    return str(dict(settings.LANGUAGES).get(code, code))


@register.filter
def titled(post: Thread | Idea | Review) -> SafeString:
    """The title of a post within a sentence of the page, in the language that it was written in."""
    mark = foreign(post.language)
    return format_html("<span{}>{}</span>", mark, post.title) if mark else format_html("{}", post.title)


@register.filter
def pin_name(pin: dict[str, Any]) -> str:
    """Name of a pin in the reader's language."""
    return str(pin.get(f"name_{get_language()}") or pin.get("name_en") or pin.get("name") or "")


@register.simple_tag(takes_context=True)
def query(context: RequestContext, **changes: str | None) -> str:
    """Rewrite the page's query string: set the given parameters, drop empty ones and the cursor."""
    parameters = context["request"].GET.dict()
    parameters.pop("cursor", None)
    parameters.update(changes)
    kept = {key: value for key, value in parameters.items() if value}
    return f"?{urlencode(kept)}" if kept else "?"


@register.simple_tag
def field_kind(field: BoundField) -> str:
    """Say which frame a form field needs: check, group, select, password or plain."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, forms.Select):
        return "select"
    return "password" if isinstance(widget, forms.PasswordInput) else "plain"


@register.simple_tag
def control(field: BoundField, *, rows: str = "", placeholder: str = "", bare: bool = False) -> SafeString:
    """Render a form field's control: our class, and hint and error announced with it."""
    described = [f"{field.auto_id}_helptext"] if field.help_text else []
    described += [f"{field.auto_id}_error"] if field.errors else []
    attributes: dict[str, str | bool] = {}
    widget = field.field.widget
    if not bare and not isinstance(widget, forms.CheckboxInput):
        attributes["class"] = f"{widget.attrs.get('class', '')} input".strip()
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if field.errors:
        attributes["aria-invalid"] = "true"
    if rows:
        attributes["rows"] = rows
    if placeholder:
        attributes["placeholder"] = placeholder
    return field.as_widget(attrs=attributes)


@register.simple_tag
def money(amount: Decimal, currency: str) -> str:
    """Write an amount of money as the reader's language does."""
    number = formats.number_format(amount, 2, use_l10n=True, force_grouping=True)
    sign = CURRENCY_SIGNS.get(currency)
    if sign and (get_language() or "").startswith("en"):
        return f"{sign}{number}"
    return f"{number}\N{NO-BREAK SPACE}{sign or currency}"


@register.simple_tag
def current_brand() -> Brand:
    """The brand, for e-mails, which are rendered without the page's context."""
    return brands.current()


@register.simple_tag(takes_context=True)
def current(context: RequestContext, page: str, *inside: str) -> SafeString:
    """Mark a navigation link: ``page`` is the page that it leads to, ``inside`` are pages below it."""
    request = context.get("request")
    view = request.resolver_match.view_name if request and request.resolver_match else ""
    if view == page:
        return mark_safe(' aria-current="page"')
    return mark_safe(' aria-current="true"') if view in inside else NOTHING


@register.simple_tag
def news(notification: Notification) -> str:
    """Word a notification for the list; its kind brought the template."""
    kind = registry.notification_kinds.get(notification.kind)
    context = {"notification": notification, "layout": "notifications/row.html"}
    return render_to_string(kind.template, context) if kind else ""
