"""Revisions: slips leave no trace, changes do, and what was can be again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Answer, Member, Revision, Role, Thread
from community.services import answers, rollbacks, threads
from community.services.revisions import Change
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SOON, LATE = NOW + timedelta(minutes=5), NOW + timedelta(minutes=5, seconds=1)
OLD = "A little coarser than for **espresso**."


@pytest.fixture
def answer(thread: Thread, ambassador: Member) -> Answer:
    """An answer that was written now."""
    return factories.answer(thread, ambassador, body=OLD, at=NOW)


def kept(post: Thread | Answer) -> list[tuple[int, str]]:
    return list(post.revisions.order_by("number").values_list("number", "body"))


def change(answer: Answer, body: str, by: Member | None = None, **fields: object) -> Answer:
    return answers.edit(answer=answer, by=by or answer.author, body=body, **{"at": LATE, **fields})  # type: ignore[arg-type] # told by keyword


def test_a_slip_put_right_within_five_minutes_leaves_no_revision(answer: Answer) -> None:
    change(answer, f"{OLD} Sorry.", at=SOON)
    assert kept(answer) == []


def test_the_same_after_five_minutes_is_kept_with_the_first_version(answer: Answer) -> None:
    change(answer, f"{OLD} Sorry.")
    assert kept(answer) == [(1, OLD), (2, f"{OLD} Sorry.")]
    first, second = answer.revisions.order_by("number")
    assert (first.author, first.at, second.author, second.at) == (answer.author, NOW, answer.author, LATE)


@pytest.mark.parametrize(("added", "kept_number"), [(98, 0), (99, 2)])
def test_a_hundred_characters_are_no_slip(answer: Answer, added: int, kept_number: int) -> None:
    change(answer, f"{OLD} {'x' * added}", at=SOON)
    assert len(kept(answer)) == kept_number


def test_what_somebody_else_changes_is_no_slip(answer: Answer) -> None:
    moderator = factories.member("Priya Nair", Role.MODERATOR)
    change(answer, f"{OLD} Edited.", by=moderator, at=SOON, change=Change(reason="  Typing \n error "))
    last = answer.revisions.order_by("-number")[0]
    assert (last.number, last.author, last.reason) == (2, moderator, "Typing error")


def test_a_slip_in_the_present_version_is_put_right_there(answer: Answer) -> None:
    change(answer, f"{OLD} Sorry.")
    change(answer, f"{OLD} Sorry!", at=LATE + timedelta(minutes=4))
    assert kept(answer) == [(1, OLD), (2, f"{OLD} Sorry!")]


def test_saving_without_a_change_keeps_nothing(answer: Answer) -> None:
    change(answer, OLD)
    assert kept(answer) == []


def test_of_a_question_the_title_belongs_to_it(thread: Thread) -> None:
    at = thread.created_at + timedelta(hours=1)
    threads.edit(
        thread=thread,
        by=thread.author,
        title="Which grind for a big moka pot?",
        body=thread.body,
        phase="after",
        topic=None,
        product=None,
        at=at,
    )
    assert list(thread.revisions.order_by("number").values_list("number", "title", "at")) == [
        (1, thread.title, thread.created_at),
        (2, "Which grind for a big moka pot?", at),
    ]


def test_another_topic_is_no_version(thread: Thread) -> None:
    same = {"title": thread.title, "body": thread.body, "phase": "after", "product": None}
    threads.edit(thread=thread, by=thread.author, topic=factories.topic(), at=LATE + timedelta(days=1), **same)  # type: ignore[arg-type] # told by keyword
    assert kept(thread) == []


def test_a_former_version_becomes_the_text_as_one_more_change(answer: Answer) -> None:
    change(answer, "Finer.")
    moderator = factories.member("Priya Nair", Role.MODERATOR)
    first = answer.revisions.get(number=1)
    back = rollbacks.restore(revision=first, by=moderator, at=LATE + timedelta(minutes=1))
    assert (back.body, "<strong>espresso</strong>" in back.html) == (OLD, True)
    last = answer.revisions.get(number=3)
    assert (last.body, last.author, last.restores, Revision.objects.count()) == (OLD, moderator, first, 3)


def test_a_former_question_keeps_its_present_classification(thread: Thread) -> None:
    topic = factories.topic()
    same = {"title": "Another title for this", "body": "Else.", "phase": "after", "product": None, "topic": topic}
    threads.edit(thread=thread, by=thread.author, at=thread.created_at + timedelta(hours=1), **same)  # type: ignore[arg-type] # told by keyword
    back = rollbacks.restore(revision=thread.revisions.get(number=1), by=thread.author, at=LATE)
    assert isinstance(back, Thread)
    assert (back.title, back.body, back.phase, back.topic) == (thread.title, thread.body, "after", topic)
