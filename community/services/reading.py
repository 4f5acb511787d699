"""Reading: how far a member has read a thread. It moves forward only, however many tabs read at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from community.models import Member, Seen, Thread


@transaction.atomic
def advance(*, member: Member, thread: Thread, position: int, at: datetime) -> None:
    """Note that ``member`` has read up to the answer with the id ``position``. Never moves backwards."""
    if _move(member, thread, position, at):
        return
    # Nobody was here yet, or somebody was further already: the insert tells the two apart.
    Seen.objects.bulk_create([Seen(member=member, thread=thread, position=position, at=at)], ignore_conflicts=True)
    _move(member, thread, position, at)


def _move(member: Member, thread: Thread, position: int, at: datetime) -> int:
    behind = Seen.objects.filter(member=member, thread=thread, position__lt=position)
    return behind.update(position=position, at=at)
