"""Indexing: what answers say becomes findable in the background, by the journal."""

from __future__ import annotations

from community import activity
from community.models import Delivery
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
