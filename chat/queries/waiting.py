"""The line of those who wait: its order, somebody's place in it, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, Sum

from chat.models import Conversation, HelpRequest
from chat.queries import roster
from chat.queueing import Range, expect

#: Which talks tell how long one takes.
LATELY = timedelta(days=14)
TALKS = 100
ORDER = ("-front", "queued_at", "pk")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands, and for how many minutes more; no range where none can be said honestly."""

    position: int
    minutes: Range | None

    def as_json(self) -> dict[str, object]:
        """What the waiting person gets over REST."""
        if self.minutes is None:
            return {"position": self.position, "minutes": None}
        return {"position": self.position, "minutes": {"from": self.minutes.low, "until": self.minutes.high}}


def line() -> QuerySet[HelpRequest]:
    """Those who wait for a person, whoever is in front first."""
    rows = HelpRequest.objects.select_related("conversation", "product", "topic")
    waiting = rows.filter(queued_at__isnull=False, conversation__state=Conversation.State.QUEUED)
    return waiting.order_by(*ORDER)


def place_of(asked: HelpRequest, at: datetime) -> Place | None:
    """Somebody's place among those who wait for the same target; ``None`` for whoever does not wait."""
    if asked.queued_at is None or asked.conversation.state != Conversation.State.QUEUED:
        return None
    before = Q(front=asked.front, queued_at__lt=asked.queued_at)
    before |= Q(front=asked.front, queued_at=asked.queued_at, pk__lt=asked.pk)
    if not asked.front:
        before |= Q(front=True)
    position = line().filter(before, target=asked.target).count() + 1
    return Place(position, expect(position, places=_places(asked.target, at), talks=_talks(asked.target, at)))


def places(target: str, at: datetime, *, most: int) -> list[tuple[HelpRequest, Place]]:
    """The first ``most`` who wait for a target, each with their place; the same few queries for all of them."""
    rows = list(line().filter(target=target)[:most])
    if not rows:
        return []
    free, talks = _places(target, at), _talks(target, at)
    numbered = enumerate(rows, start=1)
    return [(asked, Place(position, expect(position, places=free, talks=talks))) for position, asked in numbered]


def _places(target: str, at: datetime) -> int:
    """How many talks those who are there hold at once."""
    found = roster.present(at).filter(group=target).aggregate(places=Sum("capacity", default=0))
    return int(found["places"])


def _talks(target: str, at: datetime) -> list[float]:
    """How many minutes the latest talks with people of the target took."""
    rows = HelpRequest.objects.filter(
        responder__group=target, helped_at__isnull=False, conversation__closed_at__gt=at - LATELY
    )
    latest = rows.order_by("-conversation__closed_at", "-pk").values_list("helped_at", "conversation__closed_at")
    return [(closed - begun).total_seconds() / 60 for begun, closed in latest[:TALKS] if begun and closed]
