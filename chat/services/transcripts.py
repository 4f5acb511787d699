"""A conversation as an e-mail to somebody who took part in it."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from chat import frames, wording
from chat.models import Message, Participant
from community import hours
from community.models import Member
from community.refusals import Refusal
from community.services import letters

#: The newest messages that an e-mail holds.
MOST = 500


class Unverified(Refusal):
    """Nobody's words are sent to an address that may be somebody else's."""

    code = "address_unverified"
    message = _("Confirm your e-mail address first. Then we can send the conversation there.")
    status = 403


def send(*, participant: Participant, at: datetime) -> None:
    """Write what was said to the participant's own address. Raises ``Unverified``."""
    member = participant.member
    if (
        member is None
        or not EmailAddress.objects.filter(user=member, email__iexact=member.email, verified=True).exists()
    ):
        raise Unverified
    letters.to_member(
        key=f"transcript:{participant.pk}:{at:%Y%m%d%H%M%S}",
        template="transcript",
        member=member,
        context={"lines": lines(participant, member)},
        at=at,
    )


def lines(participant: Participant, member: Member) -> list[str]:
    """What the participant may read, one line each, in their own language and time."""
    rows = Message.objects.filter(conversation=participant.conversation_id, seq__gte=participant.from_seq)
    newest = reversed(frames.with_senders(rows).order_by("-seq")[:MOST])
    with translation.override(member.language), timezone.override(hours.zone(member.timezone)):
        return [_line(row) for row in newest]


def _line(row: Message) -> str:
    when = date_format(timezone.localtime(row.at), "SHORT_DATETIME_FORMAT")
    if row.kind == Message.Kind.SYSTEM:
        return f"{when}  {wording.line(row.data)}"
    names = ", ".join(file.name for file in row.attachments.all())
    said = str(_("(deleted)")) if row.deleted_at else " ".join(part for part in (row.body, names) if part)
    return f"{when}  {frames.author(row)['name']}: {said}"
