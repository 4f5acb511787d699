"""The index on SQLite: FTS5 for the stems, a trigram FTS5 for the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from django.db import connection

from community.search.analysis import Document, Word
from community.search.ranking import COMMON, SHORTEST_PART, Candidate, Term, parts, trigrams

#: Only so many of the newest matches are ranked, or frequent words would make every keystroke slower each year.
RANKED = 2_500
#: A search looks at longer texts, so at fewer of them.
RANKED_IN_FULL = 1_000
#: How a condition on threads names the thread of a row.
KEY = "community_search.rowid"


def put(thread: int, document: Document) -> None:
    """Store or replace the words of a question; those of its answers stay."""
    values: tuple[str, str, int] = (" ".join(document.title), " ".join(document.body), thread)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE community_search SET title = %s, body = %s WHERE rowid = %s", values)
        if not cursor.rowcount:
            cursor.execute("INSERT INTO community_search (title, body, answers, rowid) VALUES (%s, %s, '', %s)", values)
    learn(document.title)


def put_answers(thread: int, words: Sequence[str]) -> None:
    """Replace the words of the answers of a thread that is in the index."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE community_search SET answers = %s WHERE rowid = %s", [" ".join(words), thread])


def learn(words: Iterable[str]) -> None:
    """Add words to the vocabulary, in which slips and compounds are looked up."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO community_search_word (word) SELECT value FROM json_each(%s) WHERE true"
            " ON CONFLICT DO NOTHING RETURNING id, word",
            [json.dumps(list(words))],
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


def frequencies(terms: list[Term], *, anywhere: bool = False) -> list[int]:
    """Return in how many titles, or threads, each term is found, counted up to a limit."""
    counting = "SELECT count(*) FROM (SELECT 1 FROM community_search WHERE community_search MATCH %s LIMIT %s)"
    with connection.cursor() as cursor:
        counts = []
        for term in terms:
            cursor.execute(counting, [_any([term]) if anywhere else f"title : {_any([term])}", COMMON])
            counts.append(int(cursor.fetchone()[0]))
        return counts


def alike(terms: list[Term], limit: int) -> list[Candidate]:
    """Return threads whose titles share any term, and those that contain all of them in the question."""
    shared, everything = f"title : {_any(terms)}", f"{{title body}} : ({_all(terms)})"
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


def containing(terms: list[Term], least: int, among: tuple[str, Sequence[Any]], limit: int) -> list[Candidate]:
    """Return threads that contain at least ``least`` of the terms, the most promising of the newest."""
    condition, parameters = among
    match = " OR ".join(f"({_all(chosen)})" for chosen in combinations(terms, least))
    with connection.cursor() as cursor:
        # The condition is Django's own SQL, its values are parameters.
        cursor.execute(
            "SELECT pk FROM ("  # noqa: S608 - see above
            " SELECT rowid AS pk, bm25(community_search, 8.0, 1.0, 0.5) AS worth FROM community_search"
            f" WHERE community_search MATCH %s AND EXISTS ({condition}) ORDER BY rowid DESC LIMIT %s"
            ") ORDER BY worth, pk DESC LIMIT %s",
            [match, *parameters, RANKED_IN_FULL, limit],
        )
        chosen_rows = json.dumps([pk for (pk,) in cursor.fetchall()])
        cursor.execute(
            "SELECT rowid, title, body, answers FROM community_search WHERE rowid IN (SELECT value FROM json_each(%s))",
            [chosen_rows],
        )
        return [Candidate(pk, *(frozenset(words.split()) for words in row)) for pk, *row in cursor.fetchall()]


def known(ids: Sequence[int]) -> set[int]:
    """Return which of the threads have a row."""
    sql = "SELECT rowid FROM community_search WHERE rowid IN (SELECT value FROM json_each(%s))"
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(list(ids))])
        return {int(pk) for (pk,) in cursor.fetchall()}


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
