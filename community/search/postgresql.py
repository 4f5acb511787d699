"""The index on PostgreSQL: tsvectors of stems made by ourselves, pg_trgm for the vocabulary of titles."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from community.search.analysis import Document, Word
from community.search.ranking import COMMON, Candidate, Term, parts

#: Only so many of the newest matches are ranked, or frequent words would make every keystroke slower each year.
RANKED = 5_000


def put(thread: int, document: Document) -> None:
    """Store or replace the words of a thread."""
    title, body = list(document.title), list(document.body)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO community_search (thread_id, title, body)"
            " VALUES (%s, array_to_tsvector(%s::text[]), array_to_tsvector(%s::text[]))"
            " ON CONFLICT (thread_id) DO UPDATE SET title = excluded.title, body = excluded.body",
            [thread, title, body],
        )
        # Sorted, so that two transactions that bring the same new words wait for each other in one direction only.
        cursor.execute(
            "INSERT INTO community_search_word (word) SELECT word FROM unnest(%s::text[]) AS new(word)"
            ' ORDER BY word COLLATE "C" ON CONFLICT DO NOTHING',
            [title],
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
    for typed, known in rows:
        found.setdefault(typed, set()).add(known)
    return found


def frequencies(terms: list[Term]) -> list[int]:
    """Return in how many titles each term is found, counted up to a limit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM (SELECT 1 FROM community_search WHERE title @@ term LIMIT %s) AS found)"
            " FROM unnest(%s::tsquery[]) WITH ORDINALITY AS asked(term, position) ORDER BY position",
            [COMMON, [_any([term]) for term in terms]],
        )
        return [int(count) for (count,) in cursor.fetchall()]


def alike(terms: list[Term], limit: int) -> list[Candidate]:
    """Return threads whose titles share any term, and those that contain all of them anywhere."""
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
            "SELECT thread_id, tsvector_to_array(title), tsvector_to_array(body) FROM community_search"
            " WHERE title || body @@ %s::tsquery ORDER BY thread_id DESC LIMIT %s",
            [everything, limit],
        )
        rows += cursor.fetchall()
    return [Candidate(pk, frozenset(title), frozenset(body)) for pk, title, body in rows]


def containing(terms: list[Term], limit: int) -> list[int]:
    """Return the threads that contain every term, best first."""
    everything = _all(terms)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT thread_id FROM community_search WHERE title || body @@ %s::tsquery"
            " ORDER BY 8 * ts_rank(title, %s::tsquery) + ts_rank(body, %s::tsquery) DESC, thread_id DESC LIMIT %s",
            [everything, everything, everything, limit],
        )
        return [int(pk) for (pk,) in cursor.fetchall()]


def _any(terms: Iterable[Term]) -> str:
    """Indexed words are letters and digits only, so nothing in them can end the quotation."""
    return "(" + " | ".join(dict.fromkeys(f"'{text}'" for term in terms for text in term.near)) + ")"


def _all(terms: Iterable[Term]) -> str:
    return " & ".join(_any([term]) for term in terms)
