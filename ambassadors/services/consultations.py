"""Consultations: made when a talk with an ambassador ends, disputed by the ambassador, decided by a manager."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors import machines, qualifying
from ambassadors.models import Consultation
from ambassadors.services import fees, moves, pay_telling
from chat.models import HelpRequest, Message, Participant, Responder
from chat.queries import spam
from community import activity
from community.models import Delivery, Member
from community.refusals import Refusal

#: So long after a talk its ambassador may object; the words of visitors are kept a little longer.
DISPUTABLE = timedelta(days=60)
State = Consultation.State


class TooLate(Refusal):
    """Nobody can look at the talk any more."""

    code = "dispute_too_late"
    message = _("A talk can be disputed for 60 days after its end.")


class OwnMatter(Refusal):
    """Nobody decides about their own money."""

    code = "own_matter"
    message = _("Somebody else decides about your own talks.")
    status = 403


def handle(deliveries: list[Delivery]) -> None:
    """Make a consultation of each talk that ended with an ambassador; what is there already stays as it is."""
    ended = [delivery.activity for delivery in deliveries]
    talks = [deed.subject_id for deed in ended if deed.facts.get("group") == Responder.Group.AMBASSADORS]
    made = set(Consultation.objects.filter(conversation__in=talks).values_list("conversation_id", flat=True))
    rows = HelpRequest.objects.select_related("conversation", "responder__member").order_by("pk")
    for asked in rows.filter(conversation__in=set(talks) - made):
        if asked.responder is not None and asked.conversation.closed_at is not None:
            _begin(asked, asked.responder.member, asked.conversation.closed_at)


@transaction.atomic
def dispute(*, consultation: Consultation, by: Member, reason: str, at: datetime) -> None:
    """Say that this was judged wrongly, which its ambassador may do, and a manager who doubts it.

    Raises ``TooLate``, and what ``moves.make`` raises.
    """
    if _is_late(consultation, at):
        raise TooLate
    move = moves.make(subject=consultation, to=State.DISPUTED, by=by, at=at, reason=reason)
    _record(activity.CONSULTATION_DISPUTED, consultation, move.pk, by, at)
    if by.pk != consultation.member_id:
        pay_telling.questioned(consultation=consultation, move=move, at=at)


@transaction.atomic
def decide(*, consultation: Consultation, by: Member, counts: bool, reason: str, at: datetime) -> None:
    """Settle a dispute; the ambassador is told why. Raises ``OwnMatter`` and what ``moves.make`` raises."""
    if by.pk == consultation.member_id:
        raise OwnMatter
    if consultation.state != State.DISPUTED:
        raise moves.NotPossible
    to = State.PAYABLE if counts else State.NOT_QUALIFIED
    move = moves.make(subject=consultation, to=to, by=by, at=at, reason=reason)
    consultation.why = Consultation.Why.NOTHING if counts else Consultation.Why.DECIDED
    consultation.save(update_fields=["why"])
    _record(activity.CONSULTATION_DECIDED, consultation, move.pk, by, at)
    pay_telling.decided(consultation=consultation, move=move, at=at)


def is_disputable(consultation: Consultation, at: datetime) -> bool:
    """Whether somebody may still object."""
    open_to_it = machines.CONSULTATION.allows(consultation.state, State.DISPUTED)
    return open_to_it and not _is_late(consultation, at)


def _is_late(consultation: Consultation, at: datetime) -> bool:
    return at - consultation.closed_at > DISPUTABLE


def _begin(asked: HelpRequest, helper: Member, at: datetime) -> None:
    talk, fee = _counted(asked, helper), fees.of(helper, at)
    why = qualifying.why_not(talk)
    row = Consultation.objects.create(
        member=helper,
        conversation=asked.conversation,
        why=why,
        helper_messages=talk.helper_messages,
        visitor_replies=talk.visitor_replies,
        tier=fee.tier,
        fee=fee.amount,
        currency=fee.currency,
        closed_at=at,
    )
    moves.make(subject=row, to=State.NOT_QUALIFIED if why else State.PAYABLE, by=None, at=at, cause=why)


def _counted(asked: HelpRequest, helper: Member) -> qualifying.Talk:
    place = Participant.objects.get(conversation=asked.conversation_id, member=helper)
    words = Message.objects.filter(
        conversation=asked.conversation_id,
        kind__in=(Message.Kind.TEXT, Message.Kind.CARD),
        at__gte=place.joined_at,
    )
    replies = words.filter(member=asked.member_id, visitor=asked.visitor_id)
    return qualifying.Talk(
        # What the team removed, or the ambassador took back, was no advice; a visitor's reply was one all the same.
        helper_messages=words.filter(member=helper, deleted_at=None).count(),
        visitor_replies=replies.count(),
        is_own=asked.member_id == helper.pk,
        is_spam=spam.is_spam(asked, helper),
        is_about_order=asked.about_order,
    )


def _record(verb: str, consultation: Consultation, move: int, by: Member, at: datetime) -> None:
    activity.record(
        verb=verb,
        key=f"{verb}:{move}",
        actor=by,
        beneficiary=consultation.member if by.pk != consultation.member_id else None,
        subject=("consultation", consultation.pk),
        at=at,
        facts={"state": consultation.state},
    )
