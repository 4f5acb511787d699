"""The index on SQLite: FTS5 for the stems, a trigram FTS5 for the vocabulary of titles."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db import connection

from community.search.analysis import Document, Word
from community.search.ranking import COMMON, SHORTEST_PART, Candidate, Term, parts, trigrams

#: Only so many of the newest matches are ranked, or frequent words would make every keystroke slower each year.
RANKED = 5_000


def put(thread: int, document: Document) -> None:
    """Store or replace the words of a thread."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM community_search WHERE rowid = %s", [thread])
        cursor.execute(
            "INSERT INTO community_search (rowid, title, body) VALUES (%s, %s, %s)",
            [thread, " ".join(document.title), " ".join(document.body)],
        )
        cursor.execute(
            "INSERT INTO community_search_word (word) SELECT value FROM json_each(%s) WHERE true"
            " ON CONFLICT DO NOTHING RETURNING id, word",
            [json.dumps(document.title)],
        )
        new = [(pk, f"  {word} ") for pk, word in cursor.fetchall()]
        cursor.executemany("INSERT INTO community_search_trigram (rowid, word) VALUES (%s, %s)", new)


def remove(thread: int) -> None:
    """Forget a thread; the vocabulary keeps its words, which then lead nowhere."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM community_search WHERE rowid = %s", [thread])


def related(words: list[Word]) -> dict[str, set[str]]:
    """Return the indexed words that look like each stem or beginning."""
    found: dict[str, set[str]] = {}
    for stem in {stem for word in words for stem in word.stems}:
        found[stem] = {
            *_rows("SELECT word FROM community_search_word WHERE word IN (SELECT value FROM json_each(%s))",
                   json.dumps([stem, *parts(stem)])),
            *_looking_like(" OR ".join(_quoted(run) for run in trigrams(stem)), 20),
            *(_looking_like(_quoted(stem), 30) if len(stem) >= SHORTEST_PART else ()),
        }  # fmt: skip
    for beginning in {word.beginning for word in words if word.beginning}:
        found.setdefault(beginning, set()).update(
            _rows(
                "SELECT word FROM community_search_word WHERE word >= %s AND word < %s"
                " ORDER BY length(word), word LIMIT 20",
                beginning,
                beginning + chr(0x10FFFF),
            )
        )
    return found


def frequencies(terms: list[Term]) -> list[int]:
    """Return in how many titles each term is found, counted up to a limit."""
    counting = "SELECT count(*) FROM (SELECT 1 FROM community_search WHERE community_search MATCH %s LIMIT %s)"
    with connection.cursor() as cursor:
        counts = []
        for term in terms:
            cursor.execute(counting, [f"title : {_any([term])}", COMMON])
            counts.append(int(cursor.fetchone()[0]))
        return counts


def alike(terms: list[Term], limit: int) -> list[Candidate]:
    """Return threads whose titles share any term, and those that contain all of them anywhere."""
    shared, everything = f"title : {_any(terms)}", _all(terms)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid, title, body FROM community_search WHERE community_search MATCH %s AND rowid > coalesce(("
            "  SELECT rowid FROM community_search WHERE community_search MATCH %s ORDER BY rowid DESC LIMIT 1 OFFSET %s"
            " ), 0)"
            " ORDER BY rank LIMIT %s",
            [shared, shared, RANKED, limit],
        )
        rows = cursor.fetchall()
        cursor.execute(
            "SELECT rowid, title, body FROM community_search WHERE community_search MATCH %s"
            " ORDER BY rowid DESC LIMIT %s",
            [everything, limit],
        )
        rows += cursor.fetchall()
    return [Candidate(pk, frozenset(title.split()), frozenset(body.split())) for pk, title, body in rows]


def containing(terms: list[Term], limit: int) -> list[int]:
    """Return the threads that contain every term, best first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM community_search WHERE community_search MATCH %s"
            " ORDER BY bm25(community_search, 8.0, 1.0), rowid DESC LIMIT %s",
            [_all(terms), limit],
        )
        return [int(pk) for (pk,) in cursor.fetchall()]


def _looking_like(match: str, limit: int) -> list[str]:
    return [
        word.strip()
        for word in _rows(
            "SELECT word FROM community_search_trigram WHERE community_search_trigram MATCH %s ORDER BY rank LIMIT %s",
            match,
            limit,
        )
    ]


def _rows(sql: str, *values: str | int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [str(row[0]) for row in cursor.fetchall()]


def _any(terms: Iterable[Term]) -> str:
    return "(" + " OR ".join(dict.fromkeys(_quoted(text) for term in terms for text in term.near)) + ")"


def _all(terms: Iterable[Term]) -> str:
    return " AND ".join(_any([term]) for term in terms)


def _quoted(text: str) -> str:
    """Indexed words are letters and digits only, so nothing in them can end the string."""
    return f'"{text}"'
