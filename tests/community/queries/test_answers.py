"""Reads of answers and comments."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community.models import Answer, Member, Thread
from community.queries import answers
from community.services import answers as services
from community.services import comments, votes
from tests import factories

pytestmark = pytest.mark.django_db


def test_only_the_first_comments_of_each_post_are_shown(thread: Thread, answer: Answer, member: Member) -> None:
    below = factories.many(factories.comment, answers.COMMENTS + 2, answer, member)
    own = factories.comment(thread, member)
    hidden = factories.comment(thread, member)
    comments.delete(comment=hidden, by=member, at=timezone.now())
    found = answers.comments_of(thread, [answer])
    assert found == {None: [own], answer.pk: below[: answers.COMMENTS]}


def test_votes_are_the_viewers_own_and_only_those_that_stand(answer: Answer, member: Member) -> None:
    other = factories.member()
    votes.cast(answer=answer, voter=member, value=1, at=timezone.now())
    votes.cast(answer=answer, voter=other, value=1, at=timezone.now())
    votes.cast(answer=answer, voter=other, value=0, at=timezone.now())
    doubter = factories.member(trust=2)
    votes.cast(answer=answer, voter=doubter, value=-1, at=timezone.now())
    found = [answers.opinions(viewer, [answer]) for viewer in (member, other, doubter, None)]
    assert found == [{answer.pk: 1}, {}, {answer.pk: -1}, {}]


@pytest.mark.parametrize("sort", sorted(answers.ORDERS))
def test_pages_show_each_answer_once_without_the_one_that_stands_elsewhere(sort: str, thread: Thread) -> None:
    made = factories.many(factories.answer, 6, thread)
    votes.cast(answer=made[3], voter=thread.author, value=1, at=timezone.now())
    services.delete(answer=made[1], by=made[1].author, at=timezone.now())
    seen, cursor = [], None
    while True:
        page = answers.page(thread, viewer=None, sort=sort, without=[made[0].pk], cursor=cursor, size=2)
        seen += [answer.pk for answer in page]
        cursor = page.next
        if cursor is None:
            break
    expected = {
        "helpful": [made[3], made[2], made[4], made[5]],
        "new": [made[5], made[4], made[3], made[2]],
        "old": made[2:],
    }[sort]
    assert seen == [answer.pk for answer in expected]


def test_deleted_answers_are_there_for_their_author_and_moderators(thread: Thread, answer: Answer) -> None:
    services.delete(answer=answer, by=answer.author, at=timezone.now())
    views = [(None, False), (thread.author, False), (answer.author, False), (thread.author, True)]
    assert [len(answers.page(thread, viewer=who, moderator=team)) for who, team in views] == [0, 0, 1, 1]
