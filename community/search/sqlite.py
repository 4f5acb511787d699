"""The index on SQLite: FTS5 for the stems, a trigram FTS5 for the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from django.db import connection

from community.search.analysis import Document, Word
from community.search.ranking import SHORTEST_PART, Candidate, Group, Term, parts, trigrams

#: How a condition on threads names the thread of a row.
KEY = "community_search.rowid"
IDEA = "community_search_idea.rowid"
#: What looks for words: those that are there, those that share most runs of three letters with one or hold all of it,
#: those that begin so. Each is asked for one after the other: without a way to the server, reading a statement that is
#: always the same only once costs less than one long statement.
EXACT = "SELECT word FROM community_search_word WHERE word IN (SELECT value FROM json_each(%s))"
ALIKE = "SELECT word FROM community_search_trigram WHERE community_search_trigram MATCH %s ORDER BY rank LIMIT %s"
BEGINNING = "SELECT word FROM community_search_word WHERE word >= %s AND word < %s ORDER BY length(word), word LIMIT 20"
TITLED = (
    "SELECT group_concat(rowid, ' ') FROM (SELECT rowid FROM community_search"
    " WHERE community_search MATCH %s ORDER BY rowid DESC LIMIT %s)"
)


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
    pieces = {stem: [stem, *parts(stem)] for word in words for stem in word.stems}
    with connection.cursor() as cursor:

        def said(statement: str, *values: str | int) -> list[str]:
            cursor.execute(statement, values)
            return [word.strip() for (word,) in cursor.fetchall()]

        there = set(said(EXACT, json.dumps([piece for own in pieces.values() for piece in own])))
        found = {stem: there.intersection(own) for stem, own in pieces.items()}
        for stem, near in found.items():
            near.update(said(ALIKE, " OR ".join(_quoted(run) for run in trigrams(stem)), 20))
            if len(stem) >= SHORTEST_PART:
                near.update(said(ALIKE, _quoted(stem), 30))
        for begun in {word.beginning for word in words if word.beginning}:
            found.setdefault(begun, set()).update(said(BEGINNING, begun, begun + chr(0x10FFFF)))
    return found


def titled(groups: Sequence[Group], most: int) -> list[list[int]]:
    """Return for each group the newest threads in whose titles one of its words stands."""
    found = []
    with connection.cursor() as cursor:
        for group in groups:
            cursor.execute(TITLED, [f"title : {_one_of(group.words)}", most])
            found.append([int(pk) for pk in (cursor.fetchone()[0] or "").split()])
    return found


def asking(terms: list[Term], limit: int) -> list[int]:
    """Return the newest threads that have all of the terms in the question."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM community_search WHERE community_search MATCH %s ORDER BY rowid DESC LIMIT %s",
            [f"{{title body}} : ({_all(terms)})", limit],
        )
        return [int(pk) for (pk,) in cursor.fetchall()]


def containing(terms: list[Term], least: int, among: tuple[str, Sequence[Any]], limit: int) -> list[int]:
    """Return threads that contain at least ``least`` of the terms: the newest with them in the question, and others."""
    condition, parameters = among
    match = " OR ".join(f"({_all(chosen)})" for chosen in combinations(terms, least))
    # The condition is Django's own SQL, its values are parameters.
    newest = (
        "SELECT rowid FROM community_search"  # noqa: S608 - see above
        f" WHERE community_search MATCH %s AND EXISTS ({condition}) ORDER BY rowid DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(newest, [match, *parameters, limit])
        found = [int(pk) for (pk,) in cursor.fetchall()]
        if len(found) == limit:
            cursor.execute(newest, [f"{{title body}} : ({match})", *parameters, limit])
            found += [int(pk) for (pk,) in cursor.fetchall()]
        return list(dict.fromkeys(found))


def read(ids: Sequence[int], terms: Iterable[Term], *, answers: bool = True) -> list[Candidate]:
    """Return the titles of threads, and which of the terms' words their text, and their answers, have."""
    wanted = frozenset(text for term in terms for text in term.near)
    columns = "rowid, title, body, answers" if answers else "rowid, title, body"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM community_search WHERE rowid IN (SELECT value FROM json_each(%s))",  # noqa: S608 - ours
            [json.dumps(list(ids))],
        )
        return [
            Candidate(pk, frozenset(title.split()), *(wanted.intersection(words.split()) for words in texts))
            for pk, title, *texts in cursor.fetchall()
        ]


def known(ids: Sequence[int]) -> set[int]:
    """Return which of the threads have a row."""
    return _known("SELECT rowid FROM community_search WHERE rowid IN (SELECT value FROM json_each(%s))", ids)


def put_idea(idea: int, document: Document) -> None:
    """Store or replace the words of an idea."""
    with connection.cursor() as cursor:
        cursor.execute(
            "REPLACE INTO community_search_idea (title, body, rowid) VALUES (%s, %s, %s)",
            [" ".join(document.title), " ".join(document.body), idea],
        )
    learn(dict.fromkeys((*document.title, *document.body)))


def ideas(terms: list[Term], among: tuple[str, Sequence[Any]], limit: int) -> list[int]:
    """Return the ideas that contain all of the terms: those whose titles do, then the others, the newest first."""
    condition, parameters = among
    match = _all(terms)
    # The condition is Django's own SQL, its values are parameters.
    newest = (
        "SELECT rowid FROM community_search_idea"  # noqa: S608 - see above
        f" WHERE community_search_idea MATCH %s AND EXISTS ({condition}) ORDER BY rowid DESC LIMIT %s"
    )
    found: list[int] = []
    with connection.cursor() as cursor:
        for asked in (f"title : ({match})", match):
            cursor.execute(newest, [asked, *parameters, limit])
            found += [int(pk) for (pk,) in cursor.fetchall()]
    return list(dict.fromkeys(found))[:limit]


def known_ideas(ids: Sequence[int]) -> set[int]:
    """Return which of the ideas have a row."""
    return _known("SELECT rowid FROM community_search_idea WHERE rowid IN (SELECT value FROM json_each(%s))", ids)


def _known(sql: str, ids: Sequence[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(list(ids))])
        return {int(pk) for (pk,) in cursor.fetchall()}


def _any(terms: Iterable[Term]) -> str:
    return _one_of(dict.fromkeys(text for term in terms for text in term.near))


def _one_of(words: Iterable[str]) -> str:
    return "(" + " OR ".join(_quoted(word) for word in words) + ")"


def _all(terms: Iterable[Term]) -> str:
    return " AND ".join(_any([term]) for term in terms)


def _quoted(text: str) -> str:
    """Indexed words are letters and digits only, so nothing in them can end the string."""
    return f'"{text}"'
