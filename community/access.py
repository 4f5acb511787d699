"""Doors: the only way an edge gets an object for a person. Missing and forbidden look alike."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet

from community.models import Answer, Comment, Member, Product, Role, RoleGrant, Thread

Person = Member | AnonymousUser


class NotFound(ObjectDoesNotExist):
    """There is nothing here for this person."""


def moderates(person: Person) -> bool:
    """Whether the person may hide and restore the posts of others."""
    if not isinstance(person, Member) or not person.is_active:
        return False
    if person.is_superuser:
        return True
    return RoleGrant.objects.filter(member=person, role__in=(Role.MODERATOR, Role.MANAGER)).exists()


@dataclass(frozen=True, slots=True)
class Powers:
    """What a person may do with a post; its page offers no more than that."""

    edit: bool = False
    delete: bool = False
    accept: bool = False


def powers_over(post: Thread | Answer | Comment, person: Person, *, moderator: bool) -> Powers:
    """What the person may do with ``post``; ``moderator`` is the answer of ``moderates``, asked once a page."""
    if not isinstance(person, Member):
        return Powers()
    own = _owns(person, post)
    accept = isinstance(post, Answer) and post.thread.author_id == person.pk and not post.deleted_at
    return Powers(edit=(own or moderator) and not post.deleted_at, delete=own or moderator, accept=accept)


def threads_for(person: Person) -> QuerySet[Thread]:
    """Every thread that the person may read."""
    return Thread.objects.filter(deleted_at=None)


def thread_for(person: Person, pk: int) -> Thread:
    """The thread to read; its author and moderators also get a deleted one. Raises ``NotFound``."""
    thread = Thread.objects.select_related("author__standing", "topic", "product").filter(pk=pk).first()
    if thread is None or (thread.deleted_at and not _may_read_deleted(person, thread)):
        raise NotFound
    return thread


def own_thread_for(person: Person, pk: int) -> Thread:
    """The thread to change. Raises ``NotFound`` for everybody but author and moderators; see ``_owns``."""
    thread = thread_for(person, pk)
    if not _may_change(person, thread):
        raise NotFound
    return thread


def answer_for(person: Person, pk: int, *, thread_id: int | None = None) -> Answer:
    """The answer to read, with its thread. Raises ``NotFound``."""
    answers = Answer.objects.select_related("author__standing", "thread__author").filter(pk=pk)
    if thread_id is not None:
        answers = answers.filter(thread_id=thread_id)
    answer = answers.first()
    if answer is None or answer.thread.deleted_at or (answer.deleted_at and not _may_read_deleted(person, answer)):
        raise NotFound
    return answer


def own_answer_for(person: Person, pk: int, *, thread_id: int | None = None) -> Answer:
    """The answer to change. Raises ``NotFound`` for everybody but author and moderators."""
    answer = answer_for(person, pk, thread_id=thread_id)
    if not _may_change(person, answer):
        raise NotFound
    return answer


def own_comment_for(person: Person, pk: int) -> Comment:
    """The comment to change. Raises ``NotFound`` for everybody but author and moderators."""
    comment = Comment.objects.select_related("thread", "answer").filter(pk=pk).first()
    if comment is None or not _may_change(person, comment):
        raise NotFound
    return comment


def member_for(person: Person, handle: str) -> Member:
    """A member's public profile. Raises ``NotFound``."""
    member = Member.objects.select_related("standing").filter(handle=handle, is_active=True).first()
    if member is None:
        raise NotFound
    return member


def product_for(person: Person, slug: str) -> Product:
    """A product that is on sale or was. Raises ``NotFound``."""
    product = Product.objects.filter(slug=slug, is_active=True).first()
    if product is None:
        raise NotFound
    return product


def _may_read_deleted(person: Person, post: Thread | Answer) -> bool:
    return isinstance(person, Member) and (post.author_id == person.pk or moderates(person))


def _may_change(person: Person, post: Thread | Answer | Comment) -> bool:
    return isinstance(person, Member) and (_owns(person, post) or moderates(person))


def _owns(member: Member, post: Thread | Answer | Comment) -> bool:
    """Whether it is the member's to change: what somebody else removed, its author does not bring back."""
    return post.author_id == member.pk and (post.deleted_at is None or post.deleted_by_id == member.pk)
