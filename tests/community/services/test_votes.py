"""Votes: once for each member and answer, taken back exactly, never for oneself."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community.models import Activity, Answer, Member, Thread, Vote
from community.services import answers, threads, votes
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def cast(answer: Answer, voter: Member, value: int = 1) -> Answer:
    return votes.cast(answer=answer, voter=voter, value=value, at=NOW)


def counted(answer: Answer) -> tuple[int, int, int]:
    fresh = Answer.objects.select_related("thread", "author").get(pk=answer.pk)
    return fresh.score, fresh.thread.score, fresh.author.helpful_count


def test_a_vote_counts_for_answer_thread_and_helper(answer: Answer) -> None:
    voter = factories.member()
    assert cast(answer, voter).score == 1
    assert counted(answer) == (1, 1, 1)
    deed = Activity.objects.get(verb="answer.found_helpful")
    assert (deed.key, deed.actor, deed.beneficiary) == (
        f"answer.found_helpful:{answer.pk}:{voter.pk}:1",
        voter,
        answer.author,
    )
    assert differences() == []


def test_the_same_again_changes_nothing(answer: Answer) -> None:
    voter = factories.member()
    cast(answer, voter)
    with unchanged():
        assert cast(answer, voter).score == 1


def test_taking_back_undoes_the_deed_and_voting_again_is_a_new_one(answer: Answer) -> None:
    voter = factories.member()
    for value in (1, 0, 1):
        cast(answer, voter, value)
    assert counted(answer) == (1, 1, 1)
    assert list(Activity.objects.filter(subject_kind="answer").order_by("id").values_list("key", "undoes__key"))[
        1:
    ] == [
        (f"answer.found_helpful:{answer.pk}:{voter.pk}:1", None),
        (
            f"answer.helpful_withdrawn:{answer.pk}:{voter.pk}:1",
            f"answer.found_helpful:{answer.pk}:{voter.pk}:1",
        ),
        (f"answer.found_helpful:{answer.pk}:{voter.pk}:2", None),
    ]
    assert Vote.objects.get().rounds == 2
    assert differences() == []


def test_taking_back_what_was_never_given_counts_nothing(answer: Answer) -> None:
    assert cast(answer, factories.member(), 0).score == 0
    assert counted(answer) == (0, 0, 0)
    assert Activity.objects.filter(verb__startswith="answer.found").count() == 0


def test_for_ones_own_answer_is_refused(answer: Answer) -> None:
    with refused(votes.OwnAnswer):
        cast(answer, answer.author)


@pytest.mark.parametrize("trust", [0, 1])
def test_voting_down_is_refused_to_who_is_not_trusted_yet(answer: Answer, trust: int) -> None:
    voter = factories.member(trust=trust)
    with refused(votes.NotTrustedYet):
        cast(answer, voter, -1)


class TestDown:
    """A -1 moves the answer down and nothing else: no deed, no points, no number that anybody sees."""

    def test_orders_and_is_not_told(self, answer: Answer) -> None:
        cast(answer, factories.member(), 1)
        deeds = Activity.objects.count()
        doubted = cast(answer, factories.member(trust=2), -1)
        assert (doubted.score, doubted.helpful_count) == (0, 1)
        assert counted(answer) == (0, 1, 1)
        assert Activity.objects.count() == deeds
        assert differences() == []

    def test_may_go_below_nothing(self, answer: Answer) -> None:
        doubted = cast(answer, factories.member(trust=2), -1)
        assert (doubted.score, doubted.helpful_count) == (-1, 0)
        assert differences() == []

    def test_in_place_of_a_yes_takes_that_back_with_its_deed(self, answer: Answer) -> None:
        voter = factories.member(trust=2)
        for value in (1, -1, -1, 1, 0):
            cast(answer, voter, value)
        assert counted(answer) == (0, 0, 0)
        verbs = Activity.objects.filter(actor=voter).order_by("id").values_list("verb", flat=True)
        assert list(verbs) == ["answer.found_helpful", "answer.helpful_withdrawn"] * 2
        assert differences() == []

    def test_for_ones_own_answer_is_refused(self, thread: Thread) -> None:
        answer = factories.answer(thread, factories.member(trust=4))
        with refused(votes.OwnAnswer):
            cast(answer, answer.author, -1)

    def test_is_taken_back_by_who_lost_the_trust(self, answer: Answer) -> None:
        voter = factories.member(trust=2)
        cast(answer, voter, -1)
        voter.trust = 1
        assert cast(answer, voter, 0).score == 0


def test_for_a_deleted_answer_is_refused(answer: Answer) -> None:
    voter = factories.member()
    answers.delete(answer=answer, by=answer.author, at=NOW)
    with refused(threads.Gone):
        cast(answer, voter)


def test_in_a_deleted_thread_is_refused(answer: Answer) -> None:
    voter = factories.member()
    threads.delete(thread=answer.thread, by=answer.thread.author, at=NOW)
    with refused(threads.Gone):
        cast(answer, voter)
