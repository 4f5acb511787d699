"""Follows: choose what to hear of, and stop."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from community.models import Follow, Member, Thread
from community.queries.follows import Target, columns


@transaction.atomic
def follow(*, member: Member, target: Target, level: str = Follow.Level.ALL, at: datetime) -> Follow:
    """Hear of ``target`` (``None`` is the brand) as much as ``level`` says. The same again changes nothing."""
    row = Follow(member=member, level=level, at=at, **columns(target))
    # The insert decides who was first; everybody else finds the row and changes it.
    Follow.objects.bulk_create([row], ignore_conflicts=True)
    kept = Follow.objects.select_for_update(of=("self",)).get(member=member, **columns(target))
    if kept.level != level:
        kept.level, kept.at = level, at
        kept.save(update_fields=["level", "at"])
    return kept


@transaction.atomic
def unfollow(*, member: Member, target: Target) -> None:
    """Forget the choice: whoever asked or answered hears again what everybody does. Twice is once."""
    Follow.objects.filter(member=member, **columns(target)).delete()


def follow_own(*, member: Member, thread: Thread, level: str, at: datetime) -> None:
    """Follow ``thread`` by taking part in it; whoever chose a level before keeps it."""
    Follow.objects.bulk_create([Follow(member=member, thread=thread, level=level, at=at)], ignore_conflicts=True)
