"""Door to former versions of posts."""

from __future__ import annotations

from community.access.people import NotFound, Person
from community.access.posts import own_answer_for, own_thread_for
from community.models import Revision


def revision_for(person: Person, pk: int) -> Revision:
    """The version to bring back. Raises ``NotFound`` for everybody but the post's author and moderators."""
    revision = Revision.objects.select_related("answer__thread").filter(pk=pk).first()
    if revision is None:
        raise NotFound
    if revision.answer_id is not None:
        own_answer_for(person, revision.answer_id)
    elif revision.thread_id is not None:
        own_thread_for(person, revision.thread_id)
    return revision
