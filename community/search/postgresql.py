"""The index on PostgreSQL: tsvectors of stems made by ourselves, pg_trgm for the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from django.db import connection

from community.search.analysis import Document, Word
from community.search.ranking import COMMON, Candidate, Term, parts

#: Only so many of the newest matches are ranked, or frequent words would make every keystroke slower each year.
RANKED = 5_000
#: A search looks at longer texts, so at fewer of them.
RANKED_IN_FULL = 1_000
#: How a condition on threads names the thread of a row.
KEY = "found.thread_id"
EVERYWHERE = "(title || body || answers)"


def put(thread: int, document: Document) -> None:
    """Store or replace the words of a question; those of its answers stay."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO community_search (thread_id, title, body)"
            " VALUES (%s, array_to_tsvector(%s::text[]), array_to_tsvector(%s::text[]))"
            " ON CONFLICT (thread_id) DO UPDATE SET title = excluded.title, body = excluded.body",
            [thread, list(document.title), list(document.body)],
        )
    learn(document.title)


def put_answers(thread: int, words: Sequence[str]) -> None:
    """Replace the words of the answers of a thread that is in the index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE community_search SET answers = array_to_tsvector(%s::text[]) WHERE thread_id = %s",
            [list(words), thread],
        )


def learn(words: Iterable[str]) -> None:
    """Add words to the vocabulary, in which slips and compounds are looked up."""
    with connection.cursor() as cursor:
        # Sorted, so that two transactions that bring the same new words wait for each other in one direction only.
        cursor.execute(
            "INSERT INTO community_search_word (word) SELECT word FROM unnest(%s::text[]) AS new(word)"
            " WHERE NOT EXISTS (SELECT 1 FROM community_search_word AS old WHERE old.word = new.word)"
            ' ORDER BY word COLLATE "C" ON CONFLICT DO NOTHING',
            [list(words)],
        )


def remove(thread: int) -> None:
    """Forget a thread; the vocabulary keeps its words, which then lead nowhere."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM community_search WHERE thread_id = %s", [thread])


def related(words: list[Word]) -> dict[str, set[str]]:
    """Return the indexed words that look like each stem or beginning."""
    stems = sorted({stem for word in words for stem in word.stems})
    beginnings = sorted({word.beginning for word in words if word.beginning})
    pieces = [(stem, part) for stem in stems for part in (stem, *parts(stem))]
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT piece.stem, piece.part FROM unnest(%s::text[], %s::text[]) AS piece(stem, part)"
            " WHERE EXISTS (SELECT 1 FROM community_search_word AS known WHERE known.word = piece.part)",
            [[stem for stem, _ in pieces], [part for _, part in pieces]],
        )
        rows = cursor.fetchall()
        cursor.execute("SELECT typed, known FROM community_search_near(%s, %s)", [stems, beginnings])
        rows += cursor.fetchall()
    for typed, known_word in rows:
        found.setdefault(typed, set()).add(known_word)
    return found


def frequencies(terms: list[Term], *, anywhere: bool = False) -> list[int]:
    """Return in how many titles, or threads, each term is found, counted up to a limit."""
    place = EVERYWHERE if anywhere else "title"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT (SELECT count(*) FROM (SELECT 1 FROM community_search WHERE {place} @@ term LIMIT %s) AS found)"  # noqa: S608 - columns of ours
            " FROM unnest(%s::tsquery[]) WITH ORDINALITY AS asked(term, position) ORDER BY position",
            [COMMON, [_any([term]) for term in terms]],
        )
        return [int(count) for (count,) in cursor.fetchall()]


def alike(terms: list[Term], limit: int) -> list[Candidate]:
    """Return threads whose titles share any term, and those that contain all of them in the question."""
    shared, everything = _any(terms), _all(terms)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT thread_id, tsvector_to_array(title), tsvector_to_array(body) FROM community_search"
            " WHERE thread_id IN ("
            "  SELECT thread_id FROM ("
            "   SELECT thread_id, title FROM community_search WHERE title @@ %s::tsquery"
            "   ORDER BY thread_id DESC LIMIT %s"
            "  ) AS newest ORDER BY ts_rank(title, %s::tsquery, 1) DESC, thread_id DESC LIMIT %s)",
            [shared, RANKED, shared, limit],
        )
        rows = cursor.fetchall()
        cursor.execute(
            "WITH newest AS MATERIALIZED ("
            " SELECT hit FROM community_search_hits(%s::tsquery) AS hit ORDER BY hit DESC LIMIT %s"
            ") SELECT thread_id, tsvector_to_array(title), tsvector_to_array(body)"
            " FROM newest JOIN community_search ON thread_id = hit"
            " WHERE title || body @@ %s::tsquery ORDER BY thread_id DESC LIMIT %s",
            [everything, RANKED_IN_FULL, everything, limit],
        )
        rows += cursor.fetchall()
    return [Candidate(pk, frozenset(title), frozenset(body)) for pk, title, body in rows]


def containing(terms: list[Term], least: int, among: tuple[str, Sequence[Any]], limit: int) -> list[Candidate]:
    """Return threads that contain at least ``least`` of the terms, the most promising of the newest."""
    condition, parameters = among
    match = " | ".join(f"({_all(chosen)})" for chosen in combinations(terms, least))
    shared = _any(terms)
    with connection.cursor() as cursor:
        # Materialized: with the limit in sight the planner would rather read all threads from the newest on.
        # The condition is Django's own SQL, its values are parameters.
        cursor.execute(
            "WITH newest AS MATERIALIZED ("  # noqa: S608 - see above
            " SELECT thread_id FROM community_search_hits(%s::tsquery) AS found(thread_id)"
            f" WHERE EXISTS ({condition}) ORDER BY thread_id DESC LIMIT %s"
            "), best AS MATERIALIZED ("
            " SELECT thread_id FROM newest JOIN community_search USING (thread_id)"
            " ORDER BY 8 * ts_rank(title, %s::tsquery) + ts_rank(body, %s::tsquery)"
            " + 0.5 * ts_rank(answers, %s::tsquery) DESC, thread_id DESC LIMIT %s"
            ") SELECT thread_id, tsvector_to_array(title), tsvector_to_array(body), tsvector_to_array(answers)"
            " FROM best JOIN community_search USING (thread_id)",
            [match, *parameters, RANKED_IN_FULL, shared, shared, shared, limit],
        )
        return [Candidate(pk, *(frozenset(words) for words in row)) for pk, *row in cursor.fetchall()]


def known(ids: Sequence[int]) -> set[int]:
    """Return which of the threads have a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT thread_id FROM community_search WHERE thread_id = ANY(%s)", [list(ids)])
        return {int(pk) for (pk,) in cursor.fetchall()}


def _any(terms: Iterable[Term]) -> str:
    """Indexed words are letters and digits only, so nothing in them can end the quotation."""
    return "(" + " | ".join(dict.fromkeys(f"'{text}'" for term in terms for text in term.near)) + ")"


def _all(terms: Iterable[Term]) -> str:
    return " & ".join(_any([term]) for term in terms)
