"""Channels: decide which way a notification goes, keep what members choose, and take the way back from any mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community import hours
from community.models import BY_MAIL, Channel, Member, Notification, NotificationSetting
from community.queries import channels as queries
from community.refusals import Refusal
from community.registry import registry

#: Time for an open tab to show it, and for others to answer as well: what was read by then is not mailed.
PATIENCE = timedelta(seconds=60)
DIGEST_AT = time(8)
#: What was done longer ago than this is only listed: nobody wants yesterday's news by mail.
FRESH = timedelta(days=1)
EVERYTHING = "all"
SALT = "community.unsubscribe"


class BadLink(Refusal):
    """The link to unsubscribe was damaged on its way."""

    code = "bad_link"
    message = _("The link to unsubscribe was damaged on its way.")
    status = 404


def decide(rows: Sequence[Notification], *, at: datetime) -> list[Notification]:
    """Give each row its group, channel and moment for a mail; leave out who is gone or turned its group off."""
    ids = {row.member_id for row in rows}
    members = Member.objects.filter(is_active=True).in_bulk(ids)
    settings = queries.chosen(ids)
    told = []
    for row in rows:
        member = members.get(row.member_id)
        channel = queries.channel_of(settings, row.member_id, registry.group_of(row.kind))
        if member is None or channel == Channel.OFF:
            continue
        _name_subject(row)
        row.group = _group(row)
        row.channel = channel
        row.mail_after = slot(member, channel, at) if channel in BY_MAIL and row.created_at > at - FRESH else None
        told.append(row)
    return told


def slot(member: Member, channel: str, at: datetime) -> datetime:
    """The moment from which something told at ``at`` may be mailed to ``member``; quiet hours count when it is sent."""
    tz = hours.zone(member.timezone)
    if channel == Channel.WEEKLY:
        return hours.next_weekly(at, tz, DIGEST_AT)
    return hours.next_daily(at, tz, DIGEST_AT) if channel == Channel.DAILY else at + PATIENCE


@transaction.atomic
def choose(*, member: Member, channels: Mapping[str, str]) -> None:
    """Keep where ``member`` wants each group; groups and channels that are not offered are ignored."""
    offered = {choice.group.name: choice for choice in queries.of(member)}
    wanted = [
        NotificationSetting(member=member, group=name, channel=channel)
        for name, channel in channels.items()
        if name in offered and channel in offered[name].choices
    ]
    NotificationSetting.objects.bulk_create(
        wanted, update_conflicts=True, unique_fields=["member", "group"], update_fields=["channel"]
    )


def keep_quiet(*, member: Member, quiet_from: time | None, quiet_until: time | None) -> None:
    """Keep between which hours of their own clock ``member`` wants no mail; both empty means never quiet."""
    Member.objects.filter(pk=member.pk).update(quiet_from=quiet_from, quiet_until=quiet_until)
    member.quiet_from, member.quiet_until = quiet_from, quiet_until


def token(member: Member, scope: str) -> str:
    """What a mail carries to end mails of its kind: a group, ``daily``, ``weekly`` or ``EVERYTHING``."""
    return signing.dumps([member.pk, scope], salt=SALT)


def read_token(text: str) -> tuple[Member, str]:
    """Whose mail it was and what it was about. Valid for good: old mails are found again. Raises ``BadLink``."""
    try:
        pk, scope = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadLink from error
    member = Member.objects.filter(pk=pk, is_active=True).first()
    if member is None:
        raise BadLink
    return member, scope


def unsubscribe(*, member: Member, scope: str) -> None:
    """End the mails of ``scope``; what they told is still told on the site. Twice is once."""
    ended = {
        choice.group.name: queries.without_mail(choice.group)
        for choice in queries.of(member)
        if choice.channel in BY_MAIL and scope in (choice.group.name, choice.channel, EVERYTHING)
    }
    choose(member=member, channels=ended)


def _name_subject(row: Notification) -> None:
    """Who tells of a post by its facts alone means that post."""
    if not row.subject_kind:
        named = [(kind, row.facts[kind]) for kind in registry.readable if isinstance(row.facts.get(kind), int)]
        if len(named) == 1:
            row.subject_kind, row.subject_id = named[0]


def _group(row: Notification) -> str:
    kind = registry.notification_kinds.get(row.kind)
    if kind is not None and not kind.grouped:
        return row.key
    return row.group or (f"{row.kind}:{row.thread_id}" if row.thread_id else row.key)
