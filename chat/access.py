"""Doors: a conversation is found by those who take part in it, and by nobody else."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from chat.models import (
    Attachment,
    Conversation,
    HelpRequest,
    Message,
    Offer,
    Participant,
    Publication,
    Responder,
    Visitor,
)
from chat.queries import desk, responders, signed_links
from community.access import NotFound, first
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
    return first(participations_of(person).filter(conversation__pk=conversation))


def conversation_for(person: Person, conversation: int) -> Conversation:
    """A conversation in which the person takes part. Raises ``NotFound``."""
    return participant_for(person, conversation).conversation


def group_place_for(person: Person, conversation: int) -> Participant:
    """The person's own place in a group. Raises ``NotFound``."""
    found = participations_of(person).filter(conversation__pk=conversation, conversation__kind=Conversation.Kind.GROUP)
    return first(found)


def message_for(person: Person, conversation: int, seq: int) -> Message:
    """A message that the person may read. Raises ``NotFound``."""
    place = participant_for(person, conversation)
    rows = Message.objects.select_related("conversation", "member__standing", "visitor")
    return first(rows.filter(conversation__pk=conversation, seq=seq, seq__gte=place.from_seq, deleted_at=None))


def own_message_for(person: Person, conversation: int, seq: int) -> Message:
    """What the person said where they still take part, deleted or not. Raises ``NotFound``."""
    place = participant_for(person, conversation)
    rows = Message.objects.select_related("conversation", "member__standing", "visitor")
    return first(rows.filter(conversation__pk=conversation, seq=seq, member=place.member, visitor=place.visitor))


def attachment_for(person: Person, token: str, *, conversation: int | None = None) -> Attachment:
    """A file of a message that the person may read, in one conversation or in any. Raises ``NotFound``."""
    rows = Attachment.objects.select_related("message").filter(token=token)
    file = first(rows if conversation is None else rows.filter(conversation__pk=conversation))
    place = participant_for(person, file.conversation_id)
    if file.message is None or file.message.deleted_at is not None or file.message.seq < place.from_seq:
        raise NotFound
    return file


def rated_by_link(token: str) -> HelpRequest:
    """The talk that a link of an e-mail is about; whoever holds the link may rate it. Raises ``NotFound``."""
    found = signed_links.RATING.named_by(token)
    if found is None:
        raise NotFound
    return found


def publication_by_link(token: str) -> Publication:
    """What somebody is asked to agree to; whoever holds the link may answer. Raises ``NotFound``."""
    found = signed_links.PUBLICATION.named_by(token)
    if found is None:
        raise NotFound
    return found


def responder_for(person: Person) -> Responder:
    """The person's own desk: for those who help and hold the role for it. Raises ``NotFound``."""
    found = responders.of(person) if isinstance(person, Member) else None
    if found is None:
        raise NotFound
    return found


def offer_for(person: Person, pk: int) -> Offer:
    """What was offered to the person, decided or not. Raises ``NotFound``."""
    rows = Offer.objects.select_related("conversation__help", "responder")
    return first(rows.filter(pk=pk, responder=responder_for(person)))


def helped_by(person: Person, conversation: int) -> HelpRequest:
    """A request that the person helps with at present. Raises ``NotFound``."""
    return _theirs(_requests().filter(conversation__state=Conversation.State.ACTIVE), person, conversation)


def advised_by(person: Person, conversation: int) -> HelpRequest:
    """A request that the person helps with or helped with to its end. Raises ``NotFound``."""
    own = (Conversation.State.ACTIVE, Conversation.State.CLOSED)
    return _theirs(_requests().filter(conversation__state__in=own), person, conversation)


def untaken_for(person: Person, conversation: int) -> HelpRequest:
    """A request that waits for people like this one, or was left as a message. Raises ``NotFound``."""
    return first(desk.untaken(responder_for(person)).filter(conversation__pk=conversation))


def _requests() -> QuerySet[HelpRequest]:
    return HelpRequest.objects.select_related(
        "conversation", "product", "topic", "member", "visitor__customer", "responder__member__standing"
    )


def _theirs(rows: QuerySet[HelpRequest], person: Person, conversation: int) -> HelpRequest:
    return first(rows.filter(conversation__pk=conversation, responder=responder_for(person)))


def asked_by(person: Person, conversation: int) -> HelpRequest:
    """What the person asked for help with, fetched with whoever helps. Raises ``NotFound``."""
    rows = HelpRequest.objects.select_related("conversation", "product", "topic", "visitor", "responder__member")
    place = participant_for(person, conversation)
    return first(rows.filter(conversation__pk=conversation, member=place.member, visitor=place.visitor))
