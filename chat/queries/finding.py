"""Search in one's own conversations."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from chat import frames
from chat.models import Message, Participant
from community.models import Member

MOST_WORDS = 8
MOST_FOUND = 30


def find(member: Member, text: str) -> list[Message]:
    """The newest messages that hold every word of ``text``, where the member takes part and may read them."""
    words = text.split()[:MOST_WORDS]
    if not words:
        return []
    rows: QuerySet[Message] = Message.objects.filter(deleted_at=None).exclude(body="")
    for word in words:
        rows = rows.filter(_holds(word))
    theirs = Participant.objects.filter(
        conversation=OuterRef("conversation"), member=member, left_at=None, from_seq__lte=OuterRef("seq")
    )
    return list(frames.with_senders(rows.filter(Exists(theirs))).order_by("-at", "-id")[:MOST_FOUND])


def _holds(word: str) -> Q:
    """SQLite folds the case of ASCII letters only: a word with an umlaut is looked for in its usual spellings."""
    spellings = {word, word.lower(), word.capitalize(), word.upper()} if not word.isascii() else {word}
    return Q(*(Q(body__icontains=spelling) for spelling in sorted(spellings)), _connector=Q.OR)
