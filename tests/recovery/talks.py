"""Prepares and prints a conversation in the database of the environment; run as a process of its own.

``prepare N`` makes a group of N members and prints its number and a session for each. ``log N`` prints
the messages of conversation N.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.utils import timezone

from chat.models import Conversation, Message, Participant
from chat.services import conversations
from tests import factories
from tests.recovery.deeds import session_of


def prepare(number: int) -> dict[str, object]:
    """A group larger than people make them, so that everybody hears everybody."""
    members = [factories.member(f"Member {n}", email=f"member{n}@example.com") for n in range(number)]
    now = timezone.now()
    talk = Conversation.objects.create(
        kind=Conversation.Kind.GROUP, token=conversations.new_token(), created_at=now, active_at=now
    )
    Participant.objects.bulk_create(Participant(conversation=talk, member=member, joined_at=now) for member in members)
    return {"conversation": talk.pk, "sessions": [session_of(member) for member in members]}


def log(conversation: int) -> list[tuple[int, str]]:
    """Numbers and ids in the order of the numbers."""
    rows = Message.objects.filter(conversation=conversation).order_by("seq").values_list("seq", "client_id")
    return [(seq, str(client_id)) for seq, client_id in rows]


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", number]:
            answer: object = prepare(int(number))
        case ["log", number]:
            answer = log(int(number))
        case _:
            raise SystemExit(__doc__)
    sys.stdout.write(json.dumps(answer))
