"""What a member finds marked in lists of questions, and how they follow what a list is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from community.models import Member, Product, Thread, Topic
from community.queries import follows, reading
from community.views.people import person_of


@dataclass(frozen=True, slots=True)
class Following:
    """A topic or product with the member's level and the address that changes it."""

    kind: str
    level: str
    action: str


def mark(request: HttpRequest, threads: Iterable[Thread]) -> list[Thread]:
    """Attach to ``threads`` what is new in them to the member; visitors find nothing marked."""
    listed, person = list(threads), person_of(request)
    if isinstance(person, Member) and listed:
        found = reading.marks(person, listed, at=timezone.now())
        for thread in listed:
            vars(thread)["mark"] = found[thread.pk]
    return listed


def following(request: HttpRequest, target: Topic | Product | None) -> Following | None:
    """How the member follows ``target``; nothing for visitors, whom the page asks nothing."""
    person = person_of(request)
    if target is None or not isinstance(person, Member):
        return None
    kind = "topic" if isinstance(target, Topic) else "product"
    action = reverse(f"community:{kind}_follow", args=[target.slug])
    return Following(kind=kind, level=follows.level_of(person, target), action=action)
