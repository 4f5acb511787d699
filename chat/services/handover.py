"""Handing a conversation on: to ambassadors or to the team, with a summary, or because the helper is gone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chat import conditions
from chat.models import Conversation, HelpRequest, Message, Participant, Responder, Target
from chat.queries.roster import GONE_AFTER
from chat.services import conversations, placing
from community import words
from community.models import Member
from community.refusals import Refusal

SUMMARY_MOST = 1_000
State = Conversation.State


class NotHelping(Refusal):
    """Whoever does not help (any more) hands nothing on."""

    code = "not_helping"
    message = _("You do not help in this conversation any more.")


class BadTarget(Refusal):
    """There is nobody to hand it to under this name, or they may not have it."""

    code = "handover_target"
    message = _("Questions about orders, deliveries and invoices stay with the team.")
    field = "to"
    status = 422


@transaction.atomic
def to(*, asked: HelpRequest, by: Responder, target: str, summary: str, at: datetime) -> HelpRequest:
    """Hand the conversation to others, in front of those who wait. Raises ``NotHelping`` and ``BadTarget``."""
    if placing.lock(asked) != State.ACTIVE or asked.responder_id != by.pk:
        raise NotHelping
    if target not in conditions.PEOPLE or (asked.about_order and target != Target.AGENTS):
        raise BadTarget
    asked.summary = words.lines(summary)[:SUMMARY_MOST]
    placing.tell(asked, "handed_over", at, name=by.member.display_name, to=target)
    _part(asked, by.pk, at)
    # Nobody gets back what they just handed on, and what others said about it before counts no more.
    asked.avoid, asked.declines = [by.pk], 0
    asked.target, asked.fallbacks = target, _after(target)
    placing.queue(asked=asked, at=at, front=True)
    return asked


def find_lost(*, at: datetime) -> int:
    """Tell whoever's helper is gone, and put them in front; return how many there were."""
    gone = Q(responder__seen_at=None) | Q(responder__seen_at__lt=at - GONE_AFTER)
    rows = HelpRequest.objects.filter(
        gone, conversation__state=State.ACTIVE, helped_at__lt=at - GONE_AFTER, responder__isnull=False
    )
    return sum(_lose(asked, at) for asked in rows.order_by("pk")[: placing.AT_ONCE])


@transaction.atomic
def _lose(asked: HelpRequest, at: datetime) -> bool:
    responder = asked.responder_id
    if placing.lock(asked) != State.ACTIVE or asked.responder_id is None or asked.responder_id != responder:
        return False
    helper = Responder.objects.select_related("member").get(pk=asked.responder_id)
    if _is_there(asked, helper, at):
        return False
    placing.tell(asked, "helper_lost", at, name=helper.member.display_name)
    _part(asked, helper.pk, at)
    asked.lost_at, asked.declines, asked.avoid = at, 0, []
    asked.target, asked.fallbacks = helper.group, _after(helper.group)
    placing.queue(asked=asked, at=at, front=True)
    return True


def _is_there(asked: HelpRequest, helper: Responder, at: datetime) -> bool:
    """Whether the desk was seen, or something was written, in the last minute."""
    if helper.seen_at is not None and helper.seen_at >= at - GONE_AFTER:
        return True
    return Message.objects.filter(
        conversation=asked.conversation_id, member=helper.member_id, at__gte=at - GONE_AFTER
    ).exists()


def _part(asked: HelpRequest, responder: int, at: datetime) -> None:
    """The helper goes: their place is free, and the conversation is theirs no more."""
    placing.release(responder)
    helper = Participant.objects.filter(conversation=asked.conversation_id, member__responder=responder)
    helper.filter(part=Participant.Part.HELPER).update(left_at=at)
    conversations.announce(conversation=asked.conversation, people=Member.objects.filter(responder=responder))


def _after(target: str) -> list[str]:
    """Where a conversation goes that nobody of ``target`` takes."""
    return [Target.AGENTS, Target.MESSAGE] if target == Target.AMBASSADORS else [Target.MESSAGE]
