"""Members who vote for one another, for tests of what is held."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from community.models import Answer, Member, Role
from community.services import votes
from gamification.models import Hold, HoldCase
from gamification.services import watching
from tests import factories

#: A while ago, so that everything done since lies in the window of the search.
LONG_AGO = timedelta(days=100)


def people(*names: str) -> list[Member]:
    """Members who have been here for long."""
    return [factories.member(name, at=timezone.now() - LONG_AGO) for name in names]


def clara(name: str = "Clara Holm") -> Member:
    """A manager."""
    return factories.member(name, Role.MANAGER)


def thank(giver: Member, receiver: Member, times: int, *, at: datetime | None = None) -> list[Answer]:
    """Let ``giver`` find as many answers of ``receiver`` helpful."""
    at = at or timezone.now()
    written = [factories.answer(author=receiver, at=at) for _ in range(times)]
    for answer in written:
        votes.cast(answer=answer, voter=giver, value=1, at=at)
    return written


def found(times: int = 6) -> tuple[HoldCase, list[Member]]:
    """Two members who voted ``times`` for one another, and the case that the night's search opened about it."""
    one, other = people("Tomke Brandt", "Runa Falk")
    thank(one, other, times)
    thank(other, one, times)
    factories.work_off()
    (case,) = watching.search(at=timezone.now())
    return case, [one, other]


def hold_of(member: Member) -> Hold:
    """The one hold on the member's points."""
    return Hold.objects.select_related("case", "member").get(member=member)
