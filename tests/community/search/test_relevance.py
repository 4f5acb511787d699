"""What the search finds is good enough, on whichever database the tests run; ``python -m bench`` prints the figures."""

from __future__ import annotations

import pytest

from tests.community.search import corpus, relevance

pytestmark = pytest.mark.django_db


def test_every_search_deserves_a_thread_of_the_corpus() -> None:
    deserved = {name for _text, names in corpus.SEARCHES for name in names}
    assert deserved - corpus.THREADS.keys() == set()
    assert len(corpus.SEARCHES) >= 60


def test_people_find_what_they_look_for() -> None:
    stored = relevance.store()
    search, similar = relevance.of_search(stored), relevance.of_similar(stored)
    assert (search.mrr >= 0.9, search.recall >= 0.9) == (True, True), search
    assert (similar.mrr >= 0.8, similar.recall >= 0.8) == (True, True), similar
