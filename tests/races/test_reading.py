"""Following, reading, having the same question and merging by many at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone

from community.models import Answer, Follow, Member, MeToo, Seen, Thread
from community.services import answers, follows, merging, metoos, reading, votes
from tests import factories
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 30


def follow(member: Member, thread: Thread, level: str) -> str:
    return follows.follow(member=member, target=thread, level=level, at=timezone.now()).level


def say(thread: Thread, member: Member, value: int = 1) -> None:
    metoos.say(thread=thread, member=member, value=value, at=timezone.now())


def read(member: Member, thread: Thread, position: int) -> None:
    reading.advance(member=member, thread=thread, position=position, at=timezone.now())


def merge(source: Thread, into: Thread, by: Member) -> int:
    return merging.merge(source=source, into=into, by=by, moderator=True, at=timezone.now()).pk


def test_many_tabs_read_on_and_the_farthest_counts() -> None:
    thread, member = factories.thread(), factories.member()
    outcome = at_once([partial(read, member, thread, place) for place in range(CROWD)])
    assert (outcome.errors, Seen.objects.get().position) == ([], CROWD - 1)


def test_one_member_follows_once_whatever_they_press() -> None:
    thread, member = factories.thread(), factories.member()
    levels = ("all", "mine", "off")
    outcome = at_once([partial(follow, member, thread, levels[turn % 3]) for turn in range(CROWD)])
    assert (outcome.errors, Follow.objects.filter(member=member).count()) == ([], 1)


def test_the_same_question_counts_each_member_once() -> None:
    thread, (one, *others) = factories.thread(), factories.many(factories.member, 5)
    crowd = [partial(say, thread, one)] * CROWD + [partial(say, thread, other) for other in others]
    outcome = at_once(crowd)
    thread.refresh_from_db()
    assert (outcome.errors, outcome.refusals, thread.me_too_count, MeToo.objects.count()) == ([], [], 5, 5)
    assert differences() == []


def test_two_mergers_in_opposite_directions_leave_one_thread() -> None:
    clara, one, other = factories.member(), factories.thread(), factories.thread()
    outcome = at_once([partial(merge, one, other, clara), partial(merge, other, one, clara)] * 5)
    assert (outcome.errors, len(outcome.answers), Thread.objects.visible().count()) == ([], 1, 1)
    assert differences() == []


def test_answers_and_votes_during_a_merger_are_counted_where_they_end_up() -> None:
    source, into, clara = factories.thread(), factories.thread(), factories.member()
    answer: Answer = factories.answer(source)
    voters = factories.many(factories.member, 10)
    now = timezone.now()
    crowd: list[Callable[[], object]] = [
        partial(votes.cast, answer=answer, voter=voter, value=1, at=now) for voter in voters
    ]
    crowd += [partial(answers.create, thread=source, author=voter, body="Coarser.", at=now) for voter in voters]
    crowd.insert(7, partial(merge, source, into, clara))
    outcome = at_once(crowd)
    into.refresh_from_db()
    assert (outcome.errors, into.score, Answer.objects.filter(thread=source).count()) == ([], 10, 0)
    assert differences() == []
