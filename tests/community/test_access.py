"""The doors: what an author may still do with a post that somebody else removed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from community import access
from community.models import Answer, Member, Role, Thread
from community.services import answers, comments, threads
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> Member:
    """Somebody who may hide the posts of others."""
    return factories.member("Mo Derator", Role.MODERATOR)


def test_an_author_brings_back_what_they_deleted_themselves(thread: Thread, member: Member) -> None:
    threads.delete(thread=thread, by=member, at=timezone.now())
    assert access.own_thread_for(member, thread.pk) == thread


def test_an_author_sees_but_cannot_bring_back_a_thread_that_a_moderator_removed(
    thread: Thread, member: Member, moderator: Member
) -> None:
    threads.delete(thread=thread, by=moderator, at=timezone.now())
    seen = access.thread_for(member, thread.pk)
    assert access.powers_over(seen, member, moderator=False) == access.Powers()
    with pytest.raises(access.NotFound):
        access.own_thread_for(member, thread.pk)
    assert access.own_thread_for(moderator, thread.pk) == thread


def test_the_same_holds_for_answers_and_comments(answer: Answer, ambassador: Member, moderator: Member) -> None:
    comment = factories.comment(answer, ambassador)
    comments.delete(comment=comment, by=moderator, at=timezone.now())
    answers.delete(answer=answer, by=moderator, at=timezone.now())
    with pytest.raises(access.NotFound):
        access.own_comment_for(ambassador, comment.pk)
    with pytest.raises(access.NotFound):
        access.own_answer_for(ambassador, answer.pk)
    assert access.own_answer_for(moderator, answer.pk) == answer


def test_a_stranger_sees_nothing_that_was_deleted(thread: Thread, member: Member) -> None:
    threads.delete(thread=thread, by=member, at=timezone.now())
    for person in (AnonymousUser(), factories.member()):
        with pytest.raises(access.NotFound):
            access.thread_for(person, thread.pk)
