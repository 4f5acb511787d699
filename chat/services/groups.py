"""Small groups: begin one, bring people in, name it, leave it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from chat.models import Conversation, Message, Participant
from chat.queries import acquaintances
from chat.services import conversations, messages
from community import words
from community.models import Member
from community.refusals import Refusal

#: People in a group; whoever wants more wants a thread.
MOST = 12


class Nobody(Refusal):
    """A group of one."""

    code = "group_of_one"
    message = _("Choose at least two people.")
    field = "people"
    status = 422


class TooMany(Refusal):
    """More people than a group holds."""

    code = "group_full"
    message = _("A group holds up to 12 people.")
    field = "people"
    status = 422


class Strangers(Refusal):
    """Nobody is put into a room with people whom they have not talked to."""

    code = "group_strangers"
    message = _("You can bring people whom you have talked to, and nobody else.")
    field = "people"
    status = 403


@transaction.atomic
def begin(*, by: Member, title: str, people: Collection[Member], at: datetime) -> Conversation:
    """A new group of ``by`` and ``people``. Raises ``Nobody``, ``TooMany`` and ``Strangers``."""
    chosen = {person.pk: person for person in people if person.pk != by.pk}
    if len(chosen) < 2:
        raise Nobody
    _welcome(by, chosen)
    if len(chosen) >= MOST:
        raise TooMany
    conversation = Conversation.objects.create(
        kind=Conversation.Kind.GROUP, title=words.line(title)[:80], token=conversations.new_token(), created_at=at,
        active_at=at,
    )  # fmt: skip
    Participant.objects.bulk_create(
        Participant(conversation=conversation, member=member, joined_at=at) for member in (by, *chosen.values())
    )
    conversations.announce(conversation=conversation, people=(by, *chosen.values()))
    _tell(conversation, "member_joined", at, name=", ".join(person.display_name for person in chosen.values()))
    return conversation


@transaction.atomic
def add(*, participant: Participant, person: Member, at: datetime) -> None:
    """Bring somebody into a group; they read what is said from now on. Twice is once.

    Raises ``TooMany`` and ``Strangers``.
    """
    conversation = Conversation.objects.select_for_update().get(pk=participant.conversation_id)
    if conversation.kind != Conversation.Kind.GROUP or participant.member is None:
        raise Strangers
    _welcome(participant.member, {person.pk: person})
    there = Participant.objects.filter(conversation=conversation, left_at=None)
    if there.filter(member=person).exists():
        return
    if there.count() >= MOST:
        raise TooMany
    seen = {"from_seq": conversation.last_seq + 1, "read_seq": conversation.last_seq, "joined_at": at, "left_at": None}
    Participant.objects.update_or_create(conversation=conversation, member=person, defaults=seen)
    conversations.announce(conversation=conversation, people=(person,))
    _tell(conversation, "member_joined", at, name=person.display_name)


@transaction.atomic
def change(*, participant: Participant, title: str, people: Collection[Member], at: datetime) -> None:
    """Name the group and bring people in, all or none. Raises ``TooMany`` and ``Strangers``."""
    rename(participant=participant, title=title, at=at)
    for person in people:
        add(participant=participant, person=person, at=at)


@transaction.atomic
def rename(*, participant: Participant, title: str, at: datetime) -> None:
    """Give the group another name."""
    title = words.line(title)[:80]
    rows = Conversation.objects.filter(pk=participant.conversation_id, kind=Conversation.Kind.GROUP)
    if rows.exclude(title=title).update(title=title):
        conversation = Conversation.objects.get(pk=participant.conversation_id)
        _tell(
            conversation, "renamed", at, name=participant.member.display_name if participant.member else "", title=title
        )


@transaction.atomic
def leave(*, participant: Participant, at: datetime) -> None:
    """Go; what was said stays with the others. Twice is once."""
    group = Participant.objects.filter(pk=participant.pk, conversation__kind=Conversation.Kind.GROUP)
    if group.filter(left_at=None).update(left_at=at) and participant.member is not None:
        conversations.announce(conversation=participant.conversation, people=(participant.member,))
        _tell(participant.conversation, "member_left", at, name=participant.member.display_name)


def _welcome(by: Member, people: dict[int, Member]) -> None:
    if set(people) - acquaintances.of(by):
        raise Strangers


def _tell(conversation: Conversation, event: str, at: datetime, **facts: str) -> None:
    messages.say(conversation=conversation, kind=Message.Kind.SYSTEM, data={"event": event, **facts}, at=at)
