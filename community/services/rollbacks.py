"""Rollbacks: a former version of a post becomes its text again, as one more change."""

from __future__ import annotations

from datetime import datetime

from community.models import Answer, Member, Revision, Thread
from community.services import answers, threads
from community.services.revisions import Change


def restore(*, revision: Revision, by: Member, at: datetime) -> Thread | Answer:
    """Give the post the text of ``revision`` again; nothing is lost, for the present text becomes a version too.

    Raises what ``threads.edit`` and ``answers.edit`` raise.
    """
    change = Change(restores=revision)
    if revision.answer is not None:
        return answers.edit(answer=revision.answer, by=by, body=revision.body, change=change, at=at)
    thread = Thread.objects.select_related("topic", "product").get(revisions=revision)
    return threads.edit(
        thread=thread,
        by=by,
        title=revision.title,
        body=revision.body,
        phase=thread.phase,
        topic=thread.topic,
        product=thread.product,
        change=change,
        at=at,
    )
