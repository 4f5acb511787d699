"""Offers: one person is asked at a time, for half a minute; yes, no and silence move it on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from chat.models import Conversation, HelpRequest, Offer, Participant, Responder
from chat.services import conversations, hints, placing
from community.refusals import Refusal

State = Conversation.State


class OfferGone(Refusal):
    """The offer ran out, was taken back, or was decided before."""

    code = "offer_gone"
    message = _("This offer is over: somebody else is being asked, or the visitor has left.")


class NoPlace(Refusal):
    """The responder has as many conversations as they may have."""

    code = "no_place_free"
    message = _("You have as many conversations as you said you can have. Close one first.")


class Taken(Refusal):
    """Somebody else helps already, or it is over."""

    code = "help_taken"
    message = _("Somebody else was faster, or the visitor has left.")


@transaction.atomic
def accept(*, offer: Offer, at: datetime) -> HelpRequest:
    """Take the conversation; the offer's place in the load is now its place. Twice is once. Raises ``OfferGone``."""
    asked = HelpRequest.objects.get(conversation=offer.conversation_id)
    placing.lock(asked)
    offer.refresh_from_db()
    if offer.state == Offer.State.ACCEPTED and asked.responder_id == offer.responder_id:
        return asked
    if not _decide(offer, Offer.State.ACCEPTED, at, in_time=True):
        raise OfferGone
    _begin(asked, offer.responder_id, at)
    return asked


@transaction.atomic
def decline(*, offer: Offer, at: datetime) -> None:
    """Say no; the next one is asked after commit. Twice is once. Raises ``OfferGone``."""
    asked = HelpRequest.objects.get(conversation=offer.conversation_id)
    placing.lock(asked)
    if not _decide(offer, Offer.State.DECLINED, at):
        offer.refresh_from_db()
        if offer.state == Offer.State.DECLINED:
            return
        raise OfferGone
    _move_on(asked, offer.responder_id, at)


def expire(*, at: datetime) -> int:
    """Move on from every offer whose time is over; return how many there were."""
    over = Offer.objects.filter(state=Offer.State.OPEN, expires_at__lte=at).order_by("expires_at", "pk")
    return sum(_expire_one(offer, at) for offer in over[: placing.AT_ONCE])


@transaction.atomic
def _expire_one(offer: Offer, at: datetime) -> bool:
    asked = HelpRequest.objects.get(conversation=offer.conversation_id)
    placing.lock(asked)
    if not _decide(offer, Offer.State.EXPIRED, at):
        return False
    _move_on(asked, offer.responder_id, at)
    return True


@transaction.atomic
def take(*, asked: HelpRequest, responder: Responder, at: datetime) -> HelpRequest:
    """Help somebody who waits, or who left a message, without being offered it. Raises ``Taken`` and ``NoPlace``."""
    state = placing.lock(asked)
    if state == State.ACTIVE and asked.responder_id == responder.pk:
        return asked
    if state not in (State.QUEUED, State.LEFT_MESSAGE):
        raise Taken
    free = Responder.objects.filter(pk=responder.pk, is_enabled=True, load__lt=F("capacity"))
    if not free.update(load=F("load") + 1):
        raise NoPlace
    hints.line_moved(asked.target, at)
    _begin(asked, responder.pk, at)
    return asked


def _decide(offer: Offer, state: Offer.State, at: datetime, *, in_time: bool = False) -> bool:
    rows = Offer.objects.filter(pk=offer.pk, state=Offer.State.OPEN)
    rows = rows.filter(expires_at__gt=at) if in_time else rows
    if not rows.update(state=state, decided_at=at):
        return False
    offer.state, offer.decided_at = state, at
    hints.offered(offer)
    return True


def _begin(asked: HelpRequest, responder_pk: int, at: datetime) -> None:
    """The responder helps from now on, and reads everything that was said before."""
    responder = Responder.objects.select_related("member").get(pk=responder_pk)
    asked.responder, asked.helped_at, asked.queued_at = responder, at, None
    asked.front, asked.lost_at, asked.target = False, None, responder.group
    asked.save(update_fields=["responder", "helped_at", "queued_at", "front", "lost_at", "target"])
    Conversation.objects.filter(pk=asked.conversation_id).update(state=State.ACTIVE)
    asked.conversation.state = State.ACTIVE
    Responder.objects.filter(pk=responder.pk).update(seen_at=at)
    Participant.objects.update_or_create(
        conversation=asked.conversation,
        member=responder.member,
        defaults={"part": Participant.Part.HELPER, "left_at": None},
        create_defaults={"part": Participant.Part.HELPER, "joined_at": at},
    )
    conversations.announce(conversation=asked.conversation, people=(responder.member,))
    placing.tell(asked, "helper_joined", at, name=responder.member.display_name, group=responder.group)
    hints.changed(asked.conversation)


def _move_on(asked: HelpRequest, responder: int, at: datetime) -> None:
    asked.avoid = [*asked.avoid, responder]
    asked.declines += 1
    placing.release(responder)
    placing.queue(asked=asked, at=at)
