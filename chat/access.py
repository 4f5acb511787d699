"""Doors: a conversation is found by those who take part in it, and by nobody else."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from chat.models import Conversation, HelpRequest, Offer, Participant, Responder, Visitor
from chat.queries import responders
from community.access import NotFound
from community.models import Member

Person = Member | Visitor | AnonymousUser


def participations_of(person: Person) -> QuerySet[Participant]:
    """Where the person takes part, fetched with the conversation; nowhere for a stranger."""
    rows = Participant.objects.select_related("conversation", "member__standing", "visitor").filter(left_at=None)
    match person:
        case Member():
            return rows.filter(member=person)
        case Visitor():
            return rows.filter(visitor=person)
        case _:
            return rows.none()


def participant_for(person: Person, conversation: int) -> Participant:
    """The person's own place in a conversation. Raises ``NotFound``."""
    found = participations_of(person).filter(conversation=conversation).first()
    if found is None:
        raise NotFound
    return found


def conversation_for(person: Person, conversation: int) -> Conversation:
    """A conversation in which the person takes part. Raises ``NotFound``."""
    return participant_for(person, conversation).conversation


def responder_for(person: Person) -> Responder:
    """The person's own desk: for those who help and hold the role for it. Raises ``NotFound``."""
    found = responders.of(person) if isinstance(person, Member) else None
    if found is None:
        raise NotFound
    return found


def offer_for(person: Person, pk: int) -> Offer:
    """What was offered to the person, decided or not. Raises ``NotFound``."""
    rows = Offer.objects.select_related("conversation__help", "responder")
    found = rows.filter(pk=pk, responder=responder_for(person)).first()
    if found is None:
        raise NotFound
    return found


def helped_by(person: Person, conversation: int) -> HelpRequest:
    """A request that the person helps with at present. Raises ``NotFound``."""
    responder = responder_for(person)
    rows = HelpRequest.objects.select_related(
        "conversation", "product", "topic", "member", "visitor__customer", "responder__member"
    )
    found = rows.filter(
        conversation=conversation, responder=responder, conversation__state=Conversation.State.ACTIVE
    ).first()
    if found is None:
        raise NotFound
    return found
