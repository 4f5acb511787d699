"""Mails: word each from the notifications that it carries, at the moment when it is sent."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from itertools import groupby

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from community import hours, markdown, words
from community.links import absolute
from community.models import BY_MAIL, Channel, Mailing, Member, Notification
from community.queries import channels as chosen
from community.queries import effects
from community.queries import notifications as queries
from community.registry import registry
from community.services import brands, channels

SUBJECT = 120
#: A digest is to be read, not to be scrolled: the rest stands behind its last link.
LINES = 30
QUOTE = 300
#: Between the words and the address of a line; no stored text holds it.
SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a mail: the row that it words, as HTML and as plain text, and where it leads."""

    row: Notification
    html: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one group under its name."""

    label: str | Promise
    lines: list[Line]


def compose(mailing: Mailing, *, at: datetime) -> EmailMultiAlternatives | None:
    """The mail, or ``None`` where nothing is left to say, or nobody at a confirmed address to say it to."""
    member = Member.objects.filter(pk=mailing.member_id, is_active=True).first()
    if member is None or not _reachable(member):
        return None
    with translation.override(member.language), timezone.override(hours.zone(member.timezone)):
        rows = _rows(mailing, member)
        if mailing.channel == Channel.AT_ONCE:
            return _one(mailing, member, rows) if rows else None
        effect = _effect(mailing, member, at)
        return _digest(mailing, member, rows, effect) if rows or effect else None


def _reachable(member: Member) -> bool:
    return bool(EmailAddress.objects.filter(user=member, email__iexact=member.email, verified=True).exists())


def _rows(mailing: Mailing, member: Member) -> list[Notification]:
    """What the mail carries, as far as it is unread, still there and still wanted by mail."""
    carried = queries.readable(mailing.notifications.filter(read_at=None))
    settings = chosen.chosen([member.pk])
    wanted = [
        row
        for row in carried.select_related("actor", "thread").order_by("id")
        if row.kind in registry.notification_kinds
        and chosen.channel_of(settings, member.pk, registry.group_of(row.kind)) in BY_MAIL
    ]
    return queries.bundled(wanted)


def _effect(mailing: Mailing, member: Member, at: datetime) -> effects.Effect | None:
    """What the past week's answers did, in the weekly mail of who wants that."""
    group = registry.notification_groups[chosen.SUMMARY]
    if mailing.channel != Channel.WEEKLY:
        return None
    if chosen.channel_of(chosen.chosen([member.pk]), member.pk, group) != Channel.WEEKLY:
        return None
    effect = effects.of(member, since=at - timedelta(days=7), until=at)
    return effect if effect.people else None


def _one(mailing: Mailing, member: Member, rows: list[Notification]) -> EmailMultiAlternatives:
    line, group = _line(rows[-1]), registry.group_of(rows[-1].kind)
    subject = registry.notification_kinds[line.row.kind].subject
    context = {"line": line, "reason": group.label, "quote": _quote(line.row)}
    return _message(mailing, member, str(subject(line.row)) if subject else line.text, "one", context, group.name)


def _digest(
    mailing: Mailing, member: Member, rows: list[Notification], effect: effects.Effect | None
) -> EmailMultiAlternatives:
    rows = sorted(
        rows, key=lambda row: (registry.group_of(row.kind).position, registry.group_of(row.kind).name, -row.pk)
    )
    by_group = groupby(rows[:LINES], key=lambda row: registry.group_of(row.kind))
    context = {
        "sections": [Section(group.label, [_line(row) for row in found]) for group, found in by_group],
        "effect": effect,
        "more": len(rows) > LINES,
        "weekly": mailing.channel == Channel.WEEKLY,
        "profile": absolute(member.get_absolute_url()),
    }
    return _message(mailing, member, _digest_subject(mailing, rows, effect), "digest", context, mailing.channel)


def _digest_subject(mailing: Mailing, rows: list[Notification], effect: effects.Effect | None) -> str:
    if effect:
        return translation.ngettext(
            "You helped %(people)d person this week", "You helped %(people)d people this week", effect.people
        ) % {"people": effect.people}
    return _("Your week in the community") if mailing.channel == Channel.WEEKLY else _("Your day in the community")


def _line(row: Notification) -> Line:
    kind = registry.notification_kinds[row.kind]
    context = {"notification": row, "layout": "notifications/plain.html", "separator": SEPARATOR}
    marked, _between, address = render_to_string(kind.template, context).rpartition(SEPARATOR)
    return Line(row, marked.strip(), _plain(marked), absolute(html.unescape(address.strip())))


def _plain(marked: str) -> str:
    """Words without marks; quoted titles keep their quotes."""
    return words.line(html.unescape(strip_tags(re.sub(r"</?q\b[^>]*>", '"', marked.replace("<br>", " ")))))


def _quote(row: Notification) -> str:
    """The beginning of what was written, so that the mail says more than that something happened."""
    readable = registry.readable.get(row.subject_kind)
    post = readable().filter(pk=row.subject_id).first() if readable else None
    return markdown.excerpt(getattr(post, "html", ""), QUOTE)


def _message(
    mailing: Mailing, member: Member, subject: str, template: str, context: Mapping[str, object], scope: str
) -> EmailMultiAlternatives:
    leave = absolute(reverse("community:unsubscribe", args=[channels.token(member, scope)]))
    brand = brands.current().name
    context = {
        **context,
        "member": member,
        "leave": leave,
        "settings_url": absolute(reverse("community:notification_settings")),
        "list_url": absolute(reverse("community:notifications")),
    }
    subject = words.line(f"{brand}: {subject}")
    message = EmailMultiAlternatives(
        subject=subject if len(subject) <= SUBJECT else f"{subject[: SUBJECT - 1].rstrip()}…",
        body=render_to_string(f"email/{template}.txt", context),
        to=[member.email],
        headers={
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"<{scope}.{_domain()}>",
            "Message-ID": f"<{mailing.key.replace(':', '.')}@{_domain()}>",
            "Auto-Submitted": "auto-generated",
            "Precedence": "bulk",
        },
    )
    message.attach_alternative(render_to_string(f"email/{template}.html", context), "text/html")
    return message


def _domain() -> str:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return address.rpartition("@")[2] or "localhost"
