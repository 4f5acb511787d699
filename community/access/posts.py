"""Doors to threads, answers and comments, and what a person may do with them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from community.access.people import NotFound, Person, moderates, speaks_for_brand
from community.models import Answer, Comment, Member, Thread, Vote

OwnPost = Thread | Answer | Comment


class Moved(NotFound):
    """The thread went into ``thread``, whose page shows what it had."""

    def __init__(self, thread: Thread) -> None:
        super().__init__()
        self.thread = thread


@dataclass(frozen=True, slots=True)
class Powers:
    """What a person may do with a post; its page offers no more than that."""

    edit: bool = False
    delete: bool = False
    accept: bool = False
    official: bool = False
    merge: bool = False
    vote_down: bool = False


def powers_over(post: OwnPost, person: Person, *, moderator: bool, brand: bool = False) -> Powers:
    """What the person may do with ``post``.

    ``moderator`` and ``brand`` are the answers of ``moderates`` and ``speaks_for_brand``, asked once a page.
    """
    if not isinstance(person, Member):
        return Powers()
    own = _owns(person, post)
    accept = isinstance(post, Answer) and post.thread.author_id == person.pk and post.is_visible
    return Powers(
        edit=(own or moderator) and not post.deleted_at,
        delete=own or moderator,
        accept=accept,
        official=brand and isinstance(post, Answer) and post.is_visible,
        merge=(own or moderator) and isinstance(post, Thread) and post.is_visible,
        vote_down=not own and isinstance(post, Answer) and person.trust >= Vote.DOWN_FROM_TRUST,
    )


def threads_for(person: Person) -> QuerySet[Thread]:
    """Every thread that the person may read."""
    return Thread.objects.visible()


def thread_for(person: Person, pk: int) -> Thread:
    """The thread to read; its author and moderators also get a hidden one. Raises ``NotFound``, or ``Moved``."""
    joined = ("author__standing", "topic", "product", "merged_into")
    thread = Thread.objects.select_related(*joined).filter(pk=pk).first()
    if thread and thread.merged_into and thread.merged_into.is_visible:
        raise Moved(thread.merged_into)
    if thread is None or (not thread.is_visible and not _may_read_hidden(person, thread)):
        raise NotFound
    return thread


def present_thread_for(person: Person, pk: int) -> Thread:
    """The thread to write in: where it was merged into another one, that. Raises ``NotFound``."""
    try:
        return thread_for(person, pk)
    except Moved as moved:
        return thread_for(person, moved.thread.pk)


def own_thread_for(person: Person, pk: int) -> Thread:
    """The thread to change. Raises ``NotFound`` for everybody but author and moderators; see ``_owns``."""
    thread = thread_for(person, pk)
    if not _may_change(person, thread):
        raise NotFound
    return thread


def answer_for(person: Person, pk: int, *, thread_id: int | None = None) -> Answer:
    """The answer to read, with its thread, known by its present thread or one merged into that.

    Raises ``NotFound``.
    """
    answers = Answer.objects.select_related("author__standing", "thread__author").filter(pk=pk)
    if thread_id is not None:
        answers = answers.filter(Q(thread__pk=thread_id) | Q(thread__merged__pk=thread_id))
    answer = answers.first()
    if (
        answer is None
        or not answer.thread.is_visible
        or (not answer.is_visible and not _may_read_hidden(person, answer))
    ):
        raise NotFound
    return answer


def own_answer_for(person: Person, pk: int, *, thread_id: int | None = None) -> Answer:
    """The answer to change. Raises ``NotFound`` for everybody but author and moderators."""
    answer = answer_for(person, pk, thread_id=thread_id)
    if not _may_change(person, answer):
        raise NotFound
    return answer


def official_answer_for(person: Person, pk: int, *, thread_id: int | None = None) -> Answer:
    """The answer to make official. Raises ``NotFound`` for everybody who does not speak for the brand."""
    answer = answer_for(person, pk, thread_id=thread_id)
    if not speaks_for_brand(person):
        raise NotFound
    return answer


def comment_for(person: Person, pk: int) -> Comment:
    """The comment to look at where it stands. Raises ``NotFound``."""
    comment = Comment.objects.visible().select_related("thread", "answer").filter(pk=pk).first()
    if comment is None or not comment.thread.is_visible or not (comment.answer is None or comment.answer.is_visible):
        raise NotFound
    return comment


def own_comment_for(person: Person, pk: int) -> Comment:
    """The comment to change. Raises ``NotFound`` for everybody but author and moderators."""
    comment = Comment.objects.select_related("thread", "answer").filter(pk=pk).first()
    if comment is None or not _may_change(person, comment):
        raise NotFound
    return comment


def _may_read_hidden(person: Person, post: OwnPost) -> bool:
    return isinstance(person, Member) and (post.author_id == person.pk or moderates(person))


def _may_change(person: Person, post: OwnPost) -> bool:
    return isinstance(person, Member) and (_owns(person, post) or moderates(person))


def _owns(member: Member, post: OwnPost) -> bool:
    """Whether it is the member's to change: what somebody else removed, its author does not bring back."""
    return post.author_id == member.pk and (post.deleted_at is None or post.deleted_by_id == member.pk)
