"""Messages that a participant shows to the team, and what the team does about them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from chat.models import Conversation, Message, MessageReport, Participant
from chat.services import messages, ratings
from community import words
from community.models import Member
from community.refusals import Refusal


class OwnMessage(Refusal):
    """Nobody reports themselves."""

    code = "own_message"
    message = _("That is your own message.")
    status = 403


class Reported(Refusal):
    """Once is enough."""

    code = "message_reported"
    message = _("You have reported this message already. We look at it.")


class Decided(Refusal):
    """Somebody was faster."""

    code = "report_decided"
    message = _("This report was decided already.")


@transaction.atomic
def report(*, participant: Participant, message: Message, reason: str, at: datetime, note: str = "") -> MessageReport:
    """Show one message to the team. Raises ``OwnMessage`` and ``Reported``."""
    if participant.member is None or message.member_id == participant.member_id:
        raise OwnMessage
    found, is_new = MessageReport.objects.get_or_create(
        message=message,
        member=participant.member,
        defaults={"reason": reason, "note": words.line(note)[: MessageReport.NOTE_MAX], "at": at},
    )
    if not is_new:
        raise Reported
    return found


@transaction.atomic
def decide(*, report: MessageReport, by: Member, remove: bool, at: datetime) -> None:
    """Empty the message or leave it; every open report of it is decided with it. A rating of spam no longer counts.

    Raises ``OwnMessage`` and ``Decided``.
    """
    if report.message.member_id == by.pk:
        raise OwnMessage
    # Before its message, as everywhere.
    Conversation.objects.select_for_update().get(pk=report.message.conversation_id)
    outcome = MessageReport.Outcome.REMOVED if remove else MessageReport.Outcome.KEPT
    rows = MessageReport.objects.filter(message=report.message_id, outcome=MessageReport.Outcome.OPEN)
    if not rows.update(outcome=outcome, decided_by=by, decided_at=at):
        raise Decided
    if remove:
        messages.delete(message=report.message, at=at)
        ratings.discount_spam(conversation=report.message.conversation_id)
