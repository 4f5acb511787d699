"""Indexing: what answers say becomes findable in the background, by the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction

from community import activity
from community.models import Delivery, Idea, Thread
from community.search import index

WORTH_INDEXING = (
    activity.THREAD_CREATED,
    activity.THREAD_EDITED,
    activity.THREAD_RESTORED,
    activity.THREAD_MERGED,
    activity.ANSWER_CREATED,
    activity.ANSWER_EDITED,
    activity.ANSWER_DELETED,
    activity.ANSWER_RESTORED,
    activity.THREAD_SHOWN,
    activity.ANSWER_HIDDEN,
    activity.ANSWER_SHOWN,
)


def handle(deliveries: list[Delivery]) -> None:
    """Gather the words of each thread of this batch once, as it is by now."""
    index.gather({thread for delivery in deliveries if (thread := delivery.activity.facts.get("thread"))})


def missing() -> Iterator[int]:
    """Threads that everybody may read and nobody would find."""
    return index.missing()


def missing_ideas() -> Iterator[int]:
    """Ideas that everybody may read and nobody would find."""
    return index.missing_ideas()


@transaction.atomic
def rebuild(*, threads: Sequence[int]) -> int:
    """Put threads into the index anew, question and answers; return how many there are."""
    # Locked, so that nobody edits a question between its reading here and its writing there.
    rows = Thread.objects.visible().filter(pk__in=threads).order_by("pk").select_for_update(no_key=True)
    found = list(rows)
    for thread in found:
        index.put(thread)
    index.gather([thread.pk for thread in found])
    return len(found)


@transaction.atomic
def rebuild_ideas(*, ideas: Sequence[int]) -> int:
    """Put ideas into the index anew; return how many there are."""
    found = list(Idea.objects.visible().filter(pk__in=ideas).order_by("pk").select_for_update(no_key=True))
    for idea in found:
        index.put_idea(idea)
    return len(found)
