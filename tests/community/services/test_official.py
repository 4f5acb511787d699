"""The official answer: one for each thread, recorded and taken back like any deed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone

from community.models import Activity, Answer, Member, Role
from community.services import answers, official, threads
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def in_step() -> Iterator[None]:
    yield
    assert differences() == []


@pytest.fixture
def agent() -> Member:
    return factories.member("Ben Okafor", Role.AGENT)


def choose(answer: Answer, by: Member) -> None:
    official.choose(answer=answer, by=by, at=NOW)


def slot(answer: Answer) -> int | None:
    answer.thread.refresh_from_db()
    return answer.thread.official_answer_id


def journal() -> list[str]:
    rows = Activity.objects.filter(verb__contains="official").order_by("id")
    return list(rows.values_list("verb", flat=True))


def test_takes_the_place_of_another_one(answer: Answer, agent: Member) -> None:
    other = factories.answer(answer.thread, agent)
    choose(answer, agent)
    choose(other, agent)
    assert slot(answer) == other.pk
    assert journal() == ["answer.made_official", "answer.official_withdrawn", "answer.made_official"]


def test_again_changes_nothing(answer: Answer, agent: Member) -> None:
    choose(answer, agent)
    with unchanged():
        choose(answer, agent)


def test_is_taken_back_and_twice_is_once(answer: Answer, agent: Member) -> None:
    choose(answer, agent)
    official.withdraw(answer=answer, by=agent, at=NOW)
    with unchanged():
        official.withdraw(answer=answer, by=agent, at=NOW)
    choose(answer, agent)
    assert (slot(answer), len(journal())) == (answer.pk, 3)


@pytest.mark.parametrize("leave", [answers.delete, answers.hide])
def test_goes_with_its_answer(answer: Answer, agent: Member, leave: object) -> None:
    choose(answer, agent)
    leave(answer=answer, by=agent, at=NOW)  # type: ignore[operator] # both are services with these names
    assert (slot(answer), journal()[-1]) == (None, "answer.official_withdrawn")
    answer.refresh_from_db()
    with refused(threads.Gone):
        choose(answer, agent)


def test_may_be_the_accepted_one_too(answer: Answer, agent: Member) -> None:
    answers.accept(answer=answer, by=answer.thread.author, at=NOW)
    choose(answer, agent)
    answer.thread.refresh_from_db()
    assert answer.thread.accepted_answer_id == answer.thread.official_answer_id == answer.pk
