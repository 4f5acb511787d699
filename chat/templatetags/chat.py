"""What pages show of conversations: names, faces, last lines, files, and lines of the system in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chat import frames, wording
from chat.models import Attachment, Conversation, Message, Participant
from community.models import Member
from community.services import brands
from community.templatetags import ui

register = template.Library()

PREVIEW = 120


@register.simple_tag
def chat_events() -> list[tuple[str, str]]:
    """Every event in words with its %(facts)s still open, for the script that fills them in."""
    return [(name, str(words)) for name, words in wording.EVENTS.items()]


@register.simple_tag
def conversation_title(conversation: Conversation) -> str:
    """Who the reader talks to, or the group's name; the conversation is dressed by ``queries.inbox``."""
    if conversation.title:
        return conversation.title
    names = [_participant_name(other) for other in _others(conversation)]
    return ", ".join(name for name in names if name) or brands.current().name


@register.simple_tag
def conversation_label(conversation: Conversation) -> str:
    """The same as the name of a region."""
    return _("Conversation with %(name)s") % {"name": conversation_title(conversation)}


@register.simple_tag
def conversation_head(conversation: Conversation) -> SafeString:
    """The title, which leads to the profile of the other one of two."""
    title, others = conversation_title(conversation), _others(conversation)
    if conversation.kind == Conversation.Kind.DIRECT and others and others[0].member and others[0].member.is_active:
        url = others[0].member.get_absolute_url()
        return format_html('<a class="plain" href="{}">{}</a>', url, title)
    return format_html("{}", title)


@register.simple_tag
def conversation_face(conversation: Conversation, states: Mapping[str, str] | None = None) -> SafeString:
    """The portrait of the other one, with a dot where their presence is known; several people are one symbol."""
    others = _others(conversation)
    if conversation.kind == Conversation.Kind.GROUP or not others:
        glyph = "users" if conversation.kind == Conversation.Kind.GROUP else "headset"
        return _plate("fjord", ui.icon(glyph))
    other = others[0]
    if other.member is None:
        return _initials(_participant_name(other))
    face = ui.avatar(other.member, pin=False)
    who = f"member:{other.member_id}"
    dot = format_html(
        '<span class="presence" data-presence="{}" data-on="{}"></span>', who, (states or {}).get(who, "")
    )
    return format_html('<span class="conv__faces">{}{}</span>', face, dot)


@register.simple_tag
def presence_words(other: Participant, states: Mapping[str, str]) -> SafeString:
    """Say whether somebody is here; nothing where that is not to be known."""
    words = {"online": _("Online"), "away": _("Away"), "offline": ""}
    who = f"member:{other.member_id}" if other.member_id else f"visitor:{other.visitor_id}"
    return format_html(
        '<span data-presence-words="{}" data-online="{}" data-away="{}">{}</span>',
        who,
        words["online"],
        words["away"],
        words.get(states.get(who, ""), ""),
    )


@register.simple_tag
def conversation_preview(conversation: Conversation, reader: Member) -> str:
    """The last line in a few words."""
    line: Message | None = vars(conversation).get("last")
    if line is None:
        return ""
    if line.kind == Message.Kind.SYSTEM:
        return str(vars(conversation)["last_line"])
    said = line.body[:PREVIEW] or ", ".join(file.name for file in line.attachments.all())
    if line.deleted_at:
        said = _("This message was deleted.")
    if line.member_id == reader.pk:
        return _("You: %(text)s") % {"text": said}
    name = frames.author(line)["name"] if conversation.kind == Conversation.Kind.GROUP else ""
    return f"{name}: {said}" if name else said


@register.simple_tag
def message_time(at: datetime) -> SafeString:
    """As short as a list needs it: the time of today, the day of this week, else the date."""
    local, now = timezone.localtime(at), timezone.localtime()
    if local.date() == now.date():
        words = date_format(local, "H:i")
    else:
        words = date_format(local, "D" if (now.date() - local.date()).days < 7 else "SHORT_DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), words)


@register.simple_tag
def message_day(day: date) -> str:
    """The day over its messages."""
    return date_format(day, "D, j. F" if (get_language() or "").startswith("de") else "D j F")


@register.simple_tag
def sender_name(message: Message, reader: Member) -> str:
    """Who wrote a message."""
    return _("You") if message.member_id == reader.pk else str(frames.author(message)["name"])


@register.simple_tag
def sender_face(message: Message) -> SafeString:
    """The portrait of who wrote a message."""
    if message.member is not None:
        return ui.avatar(message.member, ring=False, pin=False)
    return _initials(str(frames.author(message)["name"]))


@register.simple_tag
def message_file(file: Attachment) -> SafeString:
    """A picture, or a file to fetch."""
    url = reverse("chat:file", args=[file.token])
    if file.content_type.startswith("image/"):
        return format_html(
            '<a class="msg__picture" href="{0}" target="_blank">'
            '<img src="{0}" alt="{1}" width="{2}" height="{3}" loading="lazy"></a>',
            url,
            file.name,
            file.width or "",
            file.height or "",
        )
    return format_html(
        '<a class="msg__file" href="{}" download>{}<strong>{}</strong><span class="fine">{}</span></a>',
        url,
        ui.icon("download"),
        file.name,
        filesizeformat(file.size),
    )


@register.simple_tag
def message_card(message: Message) -> SafeString:
    """A product that somebody shows, as in ``static/js/chat/view.js``."""
    card: dict[str, Any] = message.data.get("card", message.data)
    lines = [
        ("strong", "", card.get("name", "")),
        ("span", "fine", card.get("summary", "")),
        ("span", "num small", _price(card)),
    ]
    said = format_html_join("", "<{0} class='{1}'>{2}</{0}>", [line for line in lines if line[2]])
    url = str(card.get("url", ""))
    target = url if url.startswith(("https://", "http://")) else ""
    picture = card.get("picture")
    image = format_html('<span class="shot shot--thumb"><img src="{}" alt=""></span>', picture) if picture else ""
    if not target:
        return format_html('<div class="msg__card">{}<span>{}</span></div>', image, said)
    return format_html(
        '<a class="msg__card" href="{}" target="_blank" rel="noopener">{}<span>{}</span></a>', target, image, said
    )


def _price(card: Mapping[str, Any]) -> str:
    try:
        return ui.money(Decimal(str(card["price"])), str(card.get("currency", "EUR")))
    except (KeyError, InvalidOperation):
        return ""


def _initials(name: str) -> SafeString:
    return _plate("crema", name[:1] or "?")


def _plate(tone: str, sign: str) -> SafeString:
    return format_html(
        '<span class="avatar"><span class="avatar__initials" data-tone="{}" aria-hidden="true">{}</span></span>',
        tone,
        sign,
    )


def _others(conversation: Conversation) -> list[Participant]:
    found: list[Participant] = vars(conversation).get("others", [])
    return found


def _participant_name(participant: Participant) -> str:
    return str(frames.person(participant)["name"])
