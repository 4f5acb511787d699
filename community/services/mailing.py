"""The queue of e-mails at work: gather what is due into mails, claim one, send it, write down that it is gone.

A mail is claimed, its attempt counted and committed before it is sent, and marked right after: a process that is
killed in between leaves a mail that waits for the end of its lease. Only if it dies in the instant between the mail
server's "accepted" and our own commit is that one mail sent again, under the same Message-ID.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from community import activity, hours
from community.models import BY_MAIL, Channel, Mailing, Member, Notification
from community.queries import channels as chosen
from community.registry import registry
from community.services import attempts, channels, mails

#: Longer than one mail may take, see EMAIL_TIMEOUT.
LEASE = timedelta(minutes=5)
BATCH = 500
#: Deeds that the weekly mail counts as help.
EFFECTS = frozenset({activity.ANSWER_ACCEPTED, activity.ANSWER_FOUND_HELPFUL})

logger = logging.getLogger("kundenkreis.mailing")


def expect_summaries(*, members: Collection[int], at: datetime) -> None:
    """Queue the weekly mail of each of ``members`` once: something happened that it tells of."""
    people = Member.objects.filter(pk__in=members, is_active=True) if members else Member.objects.none()
    due = {member: channels.slot(member, Channel.WEEKLY, at) for member in people.order_by("pk")}
    Mailing.objects.bulk_create(
        [
            Mailing(member=member, channel=Channel.WEEKLY, key=_digest_key(Channel.WEEKLY, member, when), due_at=when)
            for member, when in due.items()
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def gather(*, at: datetime, limit: int = BATCH) -> int:
    """Give up to ``limit`` due notifications their one mail; return how many were looked at.

    Where the member has read it or changed their mind meanwhile, there is none, or a later one.
    """
    due = Notification.objects.filter(mail_after__lte=at, mailing=None).order_by("mail_after", "id")
    rows = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("member")[:limit])
    settings = chosen.chosen({row.member_id for row in rows})
    parcels: dict[tuple[int, str, str], list[Notification]] = defaultdict(list)
    over: list[int] = []
    for row in rows:
        channel = chosen.channel_of(settings, row.member_id, registry.group_of(row.kind))
        if row.read_at or channel not in BY_MAIL:
            over.append(row.pk)
        elif channel != row.channel and channels.slot(row.member, channel, row.created_at) > at:
            later = channels.slot(row.member, channel, row.created_at)
            Notification.objects.filter(pk=row.pk).update(channel=channel, mail_after=later)
        else:
            parcels[row.member_id, channel, row.group if channel == Channel.AT_ONCE else ""].append(row)
    Notification.objects.filter(pk__in=over).update(mail_after=None)
    for (_member, channel, group), parcel in sorted(parcels.items()):
        _pack(parcel, channel, group, at)
    return len(rows)


def _pack(parcel: list[Notification], channel: str, group: str, at: datetime) -> None:
    """Put the rows of one member into the mail that waits, or a new one; into tomorrow's where today's is gone."""
    member, ids = parcel[0].member, [row.pk for row in parcel]
    mailing = _waiting(member, channel, group) if channel == Channel.AT_ONCE else None
    if mailing is None:
        key = f"{channel}:{ids[0]}" if channel == Channel.AT_ONCE else _digest_key(channel, member, at)
        Mailing.objects.bulk_create(
            [Mailing(member=member, channel=channel, key=key, group=group, due_at=at)], ignore_conflicts=True
        )
        mailing = Mailing.objects.select_for_update().get(key=key)
    if mailing.attempts or mailing.sent_at or mailing.dropped_at or mailing.parked_at:
        Notification.objects.filter(pk__in=ids).update(mail_after=channels.slot(member, channel, at))
        return
    Notification.objects.filter(pk__in=ids).update(mailing=mailing, channel=channel)


def _waiting(member: Member, channel: str, group: str) -> Mailing | None:
    """The mail of this group that nobody has begun to send, in quiet hours for instance."""
    rows = _unsent().filter(member=member, channel=channel, group=group, attempts=0)
    return rows.select_for_update().order_by("id").first()


def _digest_key(channel: str, member: Member, at: datetime) -> str:
    tz = hours.zone(member.timezone)
    span = hours.local_week(at, tz) if channel == Channel.WEEKLY else hours.local_day(at, tz).isoformat()
    return f"{channel}:{member.pk}:{span}"


def send_next(*, at: datetime) -> bool:
    """Claim the mail that is due longest and send it; return whether there was one to look at."""
    with transaction.atomic():
        due = _unsent().filter(Q(leased_until=None) | Q(leased_until__lte=at), due_at__lte=at)
        mailing = (
            due.select_for_update(skip_locked=True, of=("self",))
            .select_related("member")
            .order_by("due_at", "id")
            .first()
        )
        if mailing is None:
            return False
        if not _claim(mailing, at):
            return True
    try:
        message = mails.compose(mailing, at=at)
        if message is not None:
            message.send()
    except Exception as error:  # noqa: BLE001 - whatever a mail server answers, the next mail goes on
        _failed(mailing, error, at)
    else:
        _finish(mailing, at, sent=message is not None)
    return True


def _claim(mailing: Mailing, at: datetime) -> bool:
    """Count the attempt and lease the mail; not in its member's quiet hours, and not a sixth time."""
    member = mailing.member
    quiet_end = hours.after_quiet(at, hours.zone(member.timezone), member.quiet_from, member.quiet_until)
    row = Mailing.objects.filter(pk=mailing.pk)
    if quiet_end > at:
        row.update(due_at=quiet_end)
        return False
    if mailing.attempts >= attempts.MOST:
        row.update(parked_at=at, error=mailing.error or "Every attempt ended without a word.")
        return False
    mailing.leased_until = at + LEASE
    row.update(leased_until=mailing.leased_until, attempts=F("attempts") + 1)
    return True


def _finish(mailing: Mailing, at: datetime, *, sent: bool) -> None:
    done = {"sent_at": at} if sent else {"dropped_at": at}
    Mailing.objects.filter(pk=mailing.pk).update(leased_until=None, error="", **done)


def _failed(mailing: Mailing, error: Exception, at: datetime) -> None:
    logger.warning("mail failed", extra={"mailing": mailing.pk}, exc_info=error)
    mine = Mailing.objects.filter(pk=mailing.pk, leased_until=mailing.leased_until)
    mine.update(**attempts.after_failure(mailing.attempts + 1, error, at=at))


def release(*, mailing: Mailing, at: datetime) -> None:
    """Give a parked mail another five attempts."""
    Mailing.objects.filter(pk=mailing.pk, sent_at=None).update(
        parked_at=None, attempts=0, leased_until=None, due_at=at, error=""
    )


def _unsent() -> QuerySet[Mailing]:
    return Mailing.objects.filter(sent_at=None, dropped_at=None, parked_at=None)
