"""The search index: what services put in and ask for. Which database keeps it shows nowhere else.

A row is written in the transaction of the thread that it describes, so the two cannot part.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from django.db import connection

from community.models import Thread
from community.search import analysis, postgresql, ranking, sqlite
from community.search.ranking import Candidate, Term

#: Fewer typed characters say too little.
SHORTEST_TITLE = 10
#: So many threads are scored in full; the database picks them.
CANDIDATES = 80


class Index(Protocol):
    """What each database brings."""

    def put(self, thread: int, document: analysis.Document) -> None:
        """Store or replace the words of a thread."""

    def remove(self, thread: int) -> None:
        """Forget a thread."""

    def related(self, words: list[analysis.Word]) -> dict[str, set[str]]:
        """Return the indexed words that look like each stem or beginning, as an overestimate."""

    def frequencies(self, terms: list[Term]) -> list[int]:
        """Return in how many titles each term is found, counted up to a limit."""

    def alike(self, terms: list[Term], limit: int) -> list[Candidate]:
        """Return threads whose titles share any term, and those that contain all of them anywhere."""

    def containing(self, terms: list[Term], limit: int) -> list[int]:
        """Return the threads that contain every term, best first."""


def put(thread: Thread) -> None:
    """Make a thread findable by its present title and body."""
    _index().put(thread.pk, analysis.document(thread.title, thread.body))


def remove(thread: Thread) -> None:
    """Let a thread be found no longer."""
    _index().remove(thread.pk)


def similar(title: str, limit: int = 5, *, least: float = ranking.SIMILAR) -> list[int]:
    """Return the ids of threads like one whose title is being typed, best first; among equals the solved ones.

    ``least`` is the share of the title that they must cover, 0 to 1.
    """
    if len(title.strip()) < SHORTEST_TITLE:
        return []
    index = _index()
    terms = _terms(index, title)
    if not terms:
        return []
    counts = index.frequencies(terms)
    terms = [replace(term, weight=ranking.rarity(count)) for term, count in zip(terms, counts, strict=True)]
    scores = {found.thread: ranking.score(found, terms) for found in index.alike(terms, CANDIDATES)}
    near = {pk: score for pk, score in scores.items() if score >= least}
    solved = _readable(near)
    order = sorted(solved, key=lambda pk: (-round(near[pk], 1), not solved[pk], -near[pk], -pk))
    return order[:limit]


def find(query: str, limit: int = 20) -> list[int]:
    """Return the ids of threads that contain every word of ``query`` in some form, best first."""
    index = _index()
    terms = _terms(index, query)
    if not terms:
        return []
    found = index.containing(terms, limit * 2)
    readable = _readable(found)
    return [pk for pk in found if pk in readable][:limit]


def _terms(index: Index, text: str) -> list[Term]:
    words = analysis.query(text)
    return ranking.terms(words, index.related(words)) if words else []


def _readable(ids: dict[int, float] | list[int]) -> dict[int, bool]:
    """Which of ``ids`` are there for everybody, and whether they are solved."""
    rows = Thread.objects.visible().filter(pk__in=list(ids)).values_list("pk", "state")
    return {pk: state == Thread.State.SOLVED for pk, state in rows}


def _index() -> Index:
    return postgresql if connection.vendor == "postgresql" else sqlite
