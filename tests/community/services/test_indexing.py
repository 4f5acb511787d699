"""What answers say becomes findable."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from community import verification
from community.models import Answer, Member, Thread
from community.search import index
from community.services import answers, threads
from tests import factories

pytestmark = pytest.mark.django_db


def found(text: str) -> list[int]:
    return list(index.find(text, Thread.objects.visible()).ids)


@pytest.fixture
def answered(thread: Thread, ambassador: Member) -> Answer:
    made = factories.answer(thread, ambassador, body="Nimm Zitronensäure, keinen Essig.")
    factories.work_off()
    return made


def test_an_answer_is_found_with_its_question_after_the_background_saw_it(thread: Thread, ambassador: Member) -> None:
    factories.answer(thread, ambassador, body="Nimm Zitronensäure, keinen Essig.")
    assert found("Zitronensäure") == []
    factories.work_off()
    assert found("Zitronensäure") == found("Zitronensaeure moka pot") == found("Säure Essig") == [thread.pk]


def test_an_edited_answer_is_found_by_its_new_words_only(answered: Answer, ambassador: Member) -> None:
    answers.edit(answer=answered, by=ambassador, body="Nimm Amidosulfonsäure.", at=timezone.now())
    factories.work_off()
    assert (found("Zitronensäure Essig"), found("Amidosulfonsäure")) == ([], [answered.thread_id])


def test_a_deleted_answer_is_found_no_more_and_a_restored_one_again(answered: Answer, ambassador: Member) -> None:
    answers.delete(answer=answered, by=ambassador, at=timezone.now())
    factories.work_off()
    assert found("Zitronensäure") == []
    answers.restore(answer=answered, by=ambassador, at=timezone.now())
    factories.work_off()
    assert found("Zitronensäure") == [answered.thread_id]


def test_a_hidden_answer_is_not_found(answered: Answer) -> None:
    Answer.objects.filter(pk=answered.pk).update(hidden_at=timezone.now())
    index.gather([answered.thread_id])
    assert found("Zitronensäure") == []


def test_editing_the_question_keeps_the_answers(answered: Answer) -> None:
    thread = answered.thread
    threads.edit(
        thread=thread, by=thread.author, title="Welche Säure nehmt ihr?", body="", phase="after", topic=None,
        product=None, at=timezone.now(),
    )  # fmt: skip
    assert found("Zitronensäure") == [thread.pk]


def test_a_slip_is_forgiven_in_words_that_only_an_answer_says(answered: Answer) -> None:
    assert found("Zitronensaure") == found("Zitrohnensäure") == [answered.thread_id]


def forget(thread: Thread) -> None:
    index.remove(thread)
    assert [difference.subject for difference in verification.findable()] == [f"thread {thread.pk}"]


def test_what_is_missing_is_noticed_and_put_back_with_its_answers(
    answered: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    forget(answered.thread)
    call_command("reindex")
    assert capsys.readouterr().out == "1 threads and 0 ideas put into the index.\n"
    assert list(verification.findable()) == []
    assert found("Zitronensäure") == [answered.thread_id]
    call_command("reindex")
    call_command("reindex", "--all")
    assert capsys.readouterr().out == (
        "0 threads and 0 ideas put into the index.\n1 threads and 0 ideas put into the index.\n"
    )


# On SQLite the words of titles have no table of their own.
if connection.vendor == "postgresql":

    def test_a_title_without_one_of_its_words_is_noticed_and_put_back(
        thread: Thread, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM community_search_titled WHERE word = ("
                " SELECT min(word) FROM community_search_titled WHERE thread_id = %s)",
                [thread.pk],
            )
        assert [difference.subject for difference in verification.findable()] == [f"thread {thread.pk}"]
        call_command("reindex")
        assert capsys.readouterr().out == "1 threads and 0 ideas put into the index.\n"
        assert list(verification.findable()) == []


def test_an_idea_that_is_missing_is_noticed_and_put_back(capsys: pytest.CaptureFixture[str]) -> None:
    idea = factories.idea(title="Ein Deckel für den Abschlagkasten")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM community_search_idea")
    assert [difference.subject for difference in verification.findable()] == [f"idea {idea.pk}"]
    call_command("reindex")
    assert capsys.readouterr().out == "0 threads and 1 ideas put into the index.\n"
    assert list(verification.findable()) == []
