"""Answers: written, changed, hidden and shown again, accepted and un-accepted, with every counter in step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Activity, Answer, Member, Thread
from community.services import answers, threads, votes
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=1)


def journal() -> list[str]:
    return list(Activity.objects.order_by("id").values_list("verb", flat=True))


def accept(answer: Answer, by: Member | None = None) -> None:
    answers.accept(answer=answer, by=by or answer.thread.author, at=NOW)


def unaccept(answer: Answer) -> None:
    answers.unaccept(answer=answer, by=answer.thread.author, at=LATER)


def delete(answer: Answer) -> None:
    answers.delete(answer=answer, by=answer.author, at=NOW)


def restore(answer: Answer) -> None:
    answers.restore(answer=answer, by=answer.author, at=LATER)


def now(thread: Thread) -> tuple[str, int, int | None]:
    thread.refresh_from_db()
    return thread.state, thread.answer_count, thread.accepted_answer_id


@pytest.fixture(autouse=True)
def in_step() -> Iterator[None]:
    """Whatever a test does, ``verify`` finds nothing afterwards."""
    yield
    assert differences() == []


class TestCreate:
    def test_stores_renders_counts_and_opens_the_thread(self, thread: Thread, ambassador: Member) -> None:
        answer = answers.create(thread=thread, author=ambassador, body="Try **coarser**.", at=LATER)
        ambassador.refresh_from_db()
        assert (now(thread), thread.active_at, ambassador.answer_count) == (("open", 1, None), LATER, 1)
        assert "<strong>coarser</strong>" in answer.html
        deed = Activity.objects.get(verb="answer.created")
        assert (deed.actor, deed.beneficiary, deed.subject_id) == (ambassador, thread.author, answer.pk)
        assert deed.key == f"answer.created:{answer.pk}"

    def test_of_a_deleted_question_is_refused(self, thread: Thread, ambassador: Member) -> None:
        threads.delete(thread=thread, by=thread.author, at=NOW)
        with refused(threads.Gone):
            answers.create(thread=thread, author=ambassador, body="Too late.", at=LATER)


class TestEdit:
    def test_changes_text_and_says_when(self, answer: Answer) -> None:
        changed = answers.edit(answer=answer, by=answer.author, body="*Finer*, sorry.", at=LATER)
        assert (changed.body, changed.edited_at, "<em>Finer</em>" in changed.html) == ("*Finer*, sorry.", LATER, True)
        assert journal()[-1] == "answer.edited"

    def test_of_a_deleted_answer_is_refused(self, answer: Answer) -> None:
        delete(answer)
        with refused(threads.Gone):
            answers.edit(answer=answer, by=answer.author, body="Too late.", at=LATER)


class TestAccept:
    def test_solves_the_thread_and_honours_the_helper(self, answer: Answer) -> None:
        accept(answer)
        answer.author.refresh_from_db()
        assert now(answer.thread) == ("solved", 1, answer.pk)
        assert answer.author.accepted_count == 1
        deed = Activity.objects.get(verb="answer.accepted")
        assert (deed.key, deed.beneficiary, deed.at) == (f"answer.accepted:{answer.pk}:1", answer.author, NOW)

    def test_again_changes_nothing(self, answer: Answer) -> None:
        accept(answer)
        with unchanged():
            accept(answer)

    def test_of_another_answer_takes_the_first_one_back(self, answer: Answer) -> None:
        second = factories.answer(answer.thread)
        accept(answer)
        accept(second)
        answer.author.refresh_from_db()
        assert now(answer.thread) == ("solved", 2, second.pk)
        assert answer.author.accepted_count == 0
        assert journal()[-3:] == ["answer.accepted", "answer.unaccepted", "answer.accepted"]

    def test_by_anybody_but_the_asker_is_refused(self, answer: Answer) -> None:
        with refused(answers.NotAsker):
            accept(answer, by=answer.author)

    def test_of_a_deleted_answer_is_refused(self, answer: Answer) -> None:
        delete(answer)
        with refused(threads.Gone):
            accept(answer)

    def test_in_a_deleted_thread_is_refused(self, answer: Answer) -> None:
        threads.delete(thread=answer.thread, by=answer.thread.author, at=NOW)
        with refused(threads.Gone):
            accept(answer)


class TestUnaccept:
    def test_opens_the_thread_again_and_names_what_it_undoes(self, answer: Answer) -> None:
        accept(answer)
        unaccept(answer)
        answer.author.refresh_from_db()
        assert (now(answer.thread), answer.author.accepted_count) == (("open", 1, None), 0)
        undo = Activity.objects.select_related("undoes").get(verb="answer.unaccepted")
        assert undo.undoes is not None
        assert (undo.undoes.verb, undo.key) == ("answer.accepted", f"answer.unaccepted:{answer.pk}:1")

    def test_each_round_has_a_key_of_its_own(self, answer: Answer) -> None:
        for _ in range(3):
            accept(answer)
            unaccept(answer)
        keys = Activity.objects.filter(verb="answer.accepted").order_by("id").values_list("key", flat=True)
        assert list(keys) == [f"answer.accepted:{answer.pk}:{n}" for n in (1, 2, 3)]

    def test_of_what_is_not_accepted_changes_nothing(self, answer: Answer) -> None:
        with unchanged():
            unaccept(answer)

    def test_by_anybody_but_the_asker_is_refused(self, answer: Answer) -> None:
        accept(answer)
        with refused(answers.NotAsker):
            answers.unaccept(answer=answer, by=answer.author, at=LATER)


class TestDeleteAndRestore:
    def test_deleting_hides_and_uncounts(self, answer: Answer) -> None:
        delete(answer)
        answer.refresh_from_db()
        assert (now(answer.thread), answer.deleted_at, answer.deleted_by) == (
            ("unanswered", 0, None),
            NOW,
            answer.author,
        )

    def test_deleting_the_accepted_answer_takes_the_acceptance_back_first(self, answer: Answer) -> None:
        accept(answer)
        delete(answer)
        assert journal()[-2:] == ["answer.unaccepted", "answer.deleted"]
        assert now(answer.thread) == ("unanswered", 0, None)

    def test_restoring_shows_it_again_not_accepted(self, answer: Answer) -> None:
        accept(answer)
        delete(answer)
        restore(answer)
        answer.refresh_from_db()
        assert (now(answer.thread), answer.deleted_at, answer.deleted_by) == (("open", 1, None), None, None)

    def test_twice_is_once(self, answer: Answer) -> None:
        with unchanged():
            restore(answer)
        delete(answer)
        with unchanged():
            delete(answer)

    def test_votes_leave_and_come_back_with_the_answer(self, answer: Answer) -> None:
        votes.cast(answer=answer, voter=factories.member(), value=1, at=NOW)
        delete(answer)
        answer.thread.refresh_from_db()
        assert answer.thread.score == 0
        restore(answer)
        answer.thread.refresh_from_db()
        assert answer.thread.score == 1
