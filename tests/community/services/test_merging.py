"""Merging: everything moves once, nothing is earned or lost, and the old address leads on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Activity, Answer, Comment, Member, MeToo, Notification, Role, Thread
from community.queries import follows as following
from community.search import index
from community.services import answers, comments, follows, merging, metoos, official, threads, votes
from gamification.models import Entry
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def in_step() -> Iterator[None]:
    yield
    assert differences() == []


@pytest.fixture
def clara() -> Member:
    return factories.member("Clara Holm", Role.MODERATOR)


@pytest.fixture
def into() -> Thread:
    return factories.thread(title="How coarse do you grind for a moka pot?")


def merge(source: Thread, into: Thread, by: Member, *, moderator: bool = True) -> Thread:
    return merging.merge(source=source, into=into, by=by, moderator=moderator, at=LATER)


def slots(thread: Thread) -> tuple[str, int | None, int | None]:
    thread.refresh_from_db()
    return thread.state, thread.accepted_answer_id, thread.official_answer_id


class TestPosts:
    def test_answers_votes_and_comments_move_with_their_counters(
        self, answer: Answer, member: Member, into: Thread, clara: Member
    ) -> None:
        source = answer.thread
        votes.cast(answer=answer, voter=member, value=1, at=NOW)
        factories.comment(answer)
        factories.comment(source)
        gone = factories.answer(source)
        answers.delete(answer=gone, by=gone.author, at=NOW)
        factories.answer(into)
        merged = merge(source, into, clara)
        assert (merged.answer_count, merged.comment_count, merged.score, merged.state) == (2, 2, 1, "open")
        assert not Answer.objects.filter(thread=source).exists()
        assert not Comment.objects.filter(thread=source).exists()
        source.refresh_from_db()
        assert (source.merged_into, source.answer_count, source.state, source.is_visible) == (
            into,
            0,
            "unanswered",
            False,
        )

    def test_only_one_of_them_is_found(self, thread: Thread, into: Thread, clara: Member) -> None:
        merge(thread, into, clara)
        assert index.similar("Which grind for a moka pot?") == [into.pk]

    def test_what_was_merged_before_leads_straight_on(self, thread: Thread, into: Thread, clara: Member) -> None:
        first = factories.thread()
        merge(first, thread, clara)
        merge(thread, into, clara)
        assert set(Thread.objects.filter(merged_into=into)) == {first, thread}

    def test_the_journal_names_both(self, thread: Thread, into: Thread, clara: Member) -> None:
        merge(thread, into, clara)
        deed = Activity.objects.get(verb="thread.merged")
        assert (deed.subject_id, deed.facts["thread"], deed.facts["merged"]) == (into.pk, into.pk, thread.pk)

    def test_a_deed_that_waited_finds_the_answer_in_its_new_thread(
        self, answer: Answer, into: Thread, clara: Member
    ) -> None:
        stale = Answer.objects.select_related("thread").get(pk=answer.pk)
        merge(answer.thread, into, clara)
        answers.accept(answer=stale, by=into.author, at=LATER)
        comments.create(thread=into, answer=stale, author=clara, body="Thanks.", at=LATER)
        assert slots(into) == ("solved", answer.pk, None)


class TestPeople:
    def test_followers_count_once_and_keep_what_they_chose_there(
        self, thread: Thread, into: Thread, clara: Member, ambassador: Member
    ) -> None:
        follows.follow(member=ambassador, target=thread, at=NOW)
        follows.follow(member=clara, target=thread, at=NOW)
        follows.follow(member=clara, target=into, level="off", at=NOW)
        merge(thread, into, clara)
        assert following.followers_of(into) == {into.author_id, thread.author_id, ambassador.pk}
        assert following.level_of(clara, into) == "off"

    def test_everybody_with_the_question_counts_once_and_so_does_who_asked(
        self, thread: Thread, into: Thread, clara: Member, ambassador: Member
    ) -> None:
        jonas = factories.member("Jonas Weber")
        for who, where in ((ambassador, thread), (jonas, thread), (jonas, into), (into.author, thread)):
            metoos.say(thread=where, member=who, value=1, at=NOW)
        merged = merge(thread, into, clara)
        assert merged.me_too_count == 3
        having = MeToo.objects.filter(thread=into, value=1).values_list("member", flat=True)
        assert set(having) == {thread.author_id, ambassador.pk, jonas.pk}
        assert metoos.say(thread=into, member=ambassador, value=0, at=LATER).me_too_count == 2

    def test_who_waited_hears_of_the_solution_that_came_along_and_nobody_twice(
        self, answer: Answer, into: Thread, clara: Member
    ) -> None:
        here, there = factories.member("Jonas Weber"), factories.member("Priya Nair")
        metoos.say(thread=answer.thread, member=here, value=1, at=NOW)
        metoos.say(thread=into, member=there, value=1, at=NOW)
        answers.accept(answer=answer, by=answer.thread.author, at=NOW)
        factories.work_off()
        merge(answer.thread, into, clara)
        factories.work_off(at=LATER)
        told = Notification.objects.filter(kind="thread.solved").order_by("id")
        assert list(told.values_list("member", flat=True)) == [here.pk, there.pk]


class TestSlots:
    def test_an_unsolved_thread_takes_over_the_solution(self, answer: Answer, into: Thread, clara: Member) -> None:
        source = Thread.objects.get(pk=answer.thread_id)
        answers.accept(answer=answer, by=source.author, at=NOW)
        merge(source, into, clara)
        assert (slots(into), slots(source)) == (("solved", answer.pk, None), ("unanswered", None, None))
        answers.unaccept(answer=answer, by=into.author, at=LATER)
        assert slots(into) == ("open", None, None)

    def test_both_acceptances_keep_what_they_earned(self, answer: Answer, into: Thread, clara: Member) -> None:
        answers.accept(answer=answer, by=answer.thread.author, at=NOW)
        own = factories.accepted_answer(into)
        factories.work_off()
        before = list(Entry.objects.order_by("id").values_list("member", "amount"))
        merge(answer.thread, into, clara)
        factories.work_off(at=LATER)
        assert slots(into) == ("solved", own.pk, None)
        assert list(Entry.objects.order_by("id").values_list("member", "amount")) == before

    def test_the_other_solution_may_be_preferred_later_without_earning_again(
        self, answer: Answer, into: Thread, clara: Member
    ) -> None:
        source = Thread.objects.get(pk=answer.thread_id)
        answers.accept(answer=answer, by=source.author, at=NOW)
        factories.accepted_answer(into)
        merge(source, into, clara)
        answers.accept(answer=answer, by=into.author, at=LATER)
        answer.refresh_from_db()
        assert (slots(into)[1], slots(source)[1], answer.accept_rounds) == (answer.pk, None, 1)

    def test_a_solution_that_is_deleted_after_the_merger_is_taken_back(
        self, answer: Answer, into: Thread, clara: Member
    ) -> None:
        source = Thread.objects.get(pk=answer.thread_id)
        answers.accept(answer=answer, by=source.author, at=NOW)
        factories.accepted_answer(into)
        merge(source, into, clara)
        answers.delete(answer=answer, by=answer.author, at=LATER)
        answer.author.refresh_from_db()
        assert (slots(source), answer.author.accepted_count) == (("unanswered", None, None), 0)

    def test_of_two_official_answers_the_one_that_stays_stands(
        self, answer: Answer, into: Thread, clara: Member
    ) -> None:
        own = factories.answer(into)
        for one in (answer, own):
            official.choose(answer=one, by=clara, at=NOW)
        merge(answer.thread, into, clara)
        assert slots(into)[2] == own.pk

    def test_an_only_official_answer_moves(self, answer: Answer, into: Thread, clara: Member) -> None:
        official.choose(answer=answer, by=clara, at=NOW)
        merge(answer.thread, into, clara)
        assert slots(into)[2] == answer.pk


class TestRefusals:
    def test_into_itself(self, thread: Thread, clara: Member) -> None:
        with refused(merging.SameThread):
            merge(thread, thread, clara)

    def test_who_asked_moves_nobody_elses_answers(self, answer: Answer, into: Thread) -> None:
        with refused(merging.OthersAnswered):
            merge(answer.thread, into, answer.thread.author, moderator=False)

    def test_who_asked_closes_their_own_duplicate(self, thread: Thread, into: Thread) -> None:
        assert merge(thread, into, thread.author, moderator=False) == into

    def test_what_is_gone(self, thread: Thread, into: Thread, clara: Member) -> None:
        threads.delete(thread=into, by=into.author, at=NOW)
        for source, target in ((thread, into), (into, thread)):
            with refused(threads.Gone):
                merge(source, target, clara)

    def test_a_merged_thread_comes_back_no_more(self, thread: Thread, into: Thread, clara: Member) -> None:
        merge(thread, into, clara)
        with refused(threads.Merged):
            threads.restore(thread=thread, by=clara, at=LATER)
