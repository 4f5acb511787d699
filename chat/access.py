"""Doors: a conversation is found by those who take part in it, and by nobody else."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from chat.models import Conversation, Participant, Visitor
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
