"""Suggested answers: accepted and official ones that everybody may read, and facts of the product."""

from __future__ import annotations

import pytest
from django.utils import timezone

from chat.queries import suggestions
from community.models import Role
from community.services import official, removals
from tests import factories

pytestmark = pytest.mark.django_db
QUESTION = "Is the machine loud in the morning?"


def titles(question: str = QUESTION) -> list[str]:
    return [one.title for one in suggestions.suggest(question, product=None)]


def test_an_accepted_answer_is_suggested_and_an_open_question_is_not() -> None:
    known = factories.thread(title="How loud is your machine in the morning?")
    factories.thread(title="Is your machine loud in the morning too?")
    answer = factories.accepted_answer(known)

    (found,) = suggestions.suggest(QUESTION, product=None)

    assert (found.title, found.thread, found.official) == (known.title, known, False)
    assert found.text == "A little coarser than for espresso."
    assert answer.pk == known.accepted_answer_id or answer.thread_id == known.pk


def test_what_the_brand_says_comes_before_what_was_accepted() -> None:
    known = factories.thread(title="How loud is your machine in the morning?")
    factories.accepted_answer(known)
    said = factories.answer(known, body="It is **58 dB**.")
    known.refresh_from_db()
    said.refresh_from_db()
    official.choose(answer=said, by=factories.member("Ben Okafor", Role.AGENT), at=timezone.now())

    (found,) = suggestions.suggest(QUESTION, product=None)

    assert (found.text, found.official) == ("It is 58 dB.", True)


def test_what_was_taken_away_is_not_suggested() -> None:
    answer = factories.accepted_answer(factories.thread(title="How loud is your machine in the morning?"))
    assert titles() == ["How loud is your machine in the morning?"]

    removals.remove(post=answer.thread, by=answer.thread.author, at=timezone.now())

    assert titles() == []


def test_a_fact_of_the_product_is_named_with_its_value() -> None:
    product = factories.product(facts={"Noise": "58 dB", "Width": "26 cm"})

    (found,) = suggestions.suggest("What noise does it make?", product=product)

    assert (found.title, found.text, found.thread) == ("Aurora S1: Noise", "Noise: 58 dB", None)


@pytest.mark.parametrize("question", ["", "hello", "?!", "x" * 5000])
def test_what_asks_nothing_finds_nothing(question: str) -> None:
    factories.accepted_answer(factories.thread(title="How loud is your machine in the morning?"))

    assert titles(question) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Short.", "Short."),
        ("One two. Three four. Five six.", "One two. Three four."),
        ("word " * 10, "word word word word …"),
    ],
)
def test_an_answer_ends_with_a_sentence_where_one_ends_in_time(text: str, shown: str) -> None:
    assert suggestions.shortened(text, 23) == shown
