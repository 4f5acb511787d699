"""The index on PostgreSQL: tsvectors of stems made by ourselves, pg_trgm for the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from django.db import connection

from community.search.analysis import Document, Word
from community.search.ranking import Candidate, Group, Term, parts

#: Only so many of the newest matches are ranked, or frequent words would make every search slower each year.
RANKED = 300
#: Where so many of the newest threads that the filters leave hold enough matches, no others are looked for.
RECENT = 600
#: And no more than these are asked whether the filters leave them.
NEWEST = 12 * RECENT
#: How a condition on threads names the thread of a row.
KEY = "found.thread_id"
IDEA = "found.idea_id"
#: The words of a title are looked up from the row of the thread, so their table needs no second index.
FORGET = (
    "DELETE FROM community_search_titled AS said"
    " USING community_search AS found, unnest(tsvector_to_array(found.title)) AS old(one)"
    " WHERE found.thread_id = %s AND said.word = old.one AND said.thread_id = found.thread_id"
)
#: A thread is known with every word of its title: who looks for similar questions reads no other table.
KNOWN = (
    "SELECT thread_id FROM community_search AS found WHERE thread_id = ANY(%s) AND NOT EXISTS ("
    " SELECT 1 FROM unnest(tsvector_to_array(found.title)) AS old(one) WHERE NOT EXISTS ("
    "  SELECT 1 FROM community_search_titled AS said WHERE said.word = old.one AND said.thread_id = found.thread_id))"
)


def put(thread: int, document: Document) -> None:
    """Store or replace the words of a question; those of its answers stay."""
    words = list(document.title)
    with connection.cursor() as cursor:
        cursor.execute(f"{FORGET} AND said.word <> ALL(%s::text[])", [thread, words])
        cursor.execute(
            "INSERT INTO community_search (thread_id, title, body)"
            " VALUES (%s, array_to_tsvector(%s::text[]), array_to_tsvector(%s::text[]))"
            " ON CONFLICT (thread_id) DO UPDATE SET title = excluded.title, body = excluded.body",
            [thread, words, list(document.body)],
        )
        cursor.execute(
            "INSERT INTO community_search_titled (word, thread_id) SELECT word, %s FROM unnest(%s::text[]) AS new(word)"
            " ON CONFLICT DO NOTHING",
            [thread, words],
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
        cursor.execute(FORGET, [thread])
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
            " WHERE EXISTS (SELECT 1 FROM community_search_word AS known WHERE known.word = piece.part)"
            " UNION ALL SELECT typed, known FROM community_search_near(%s, %s)",
            [[stem for stem, _ in pieces], [part for _, part in pieces], stems, beginnings],
        )
        rows = cursor.fetchall()
    for typed, known_word in rows:
        found.setdefault(typed, set()).add(known_word)
    return found


def titled(groups: Sequence[Group], most: int) -> list[list[int]]:
    """Return for each group the newest threads in whose titles one of its words stands."""
    asked = [(place, word) for place, group in enumerate(groups) for word in group.words]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.place, string_agg(newest.thread_id::text, ' ')"
            " FROM unnest(%s::int[], %s::text[]) AS asked(place, word) CROSS JOIN LATERAL ("
            "  SELECT thread_id FROM community_search_titled AS said WHERE said.word = asked.word"
            "  ORDER BY thread_id DESC LIMIT %s) AS newest GROUP BY asked.place",
            [[place for place, _word in asked], [word for _place, word in asked], most],
        )
        found = dict(cursor.fetchall())
    return [[int(pk) for pk in found.get(place, "").split()] for place in range(len(groups))]


def asking(terms: list[Term], limit: int) -> list[int]:
    """Return the newest threads that have all of the terms in the question."""
    everything = _all(terms)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH newest AS MATERIALIZED ("
            " SELECT hit FROM community_search_hits(%s::tsquery) AS hit ORDER BY hit DESC LIMIT %s"
            ") SELECT thread_id FROM newest JOIN community_search ON thread_id = hit"
            " WHERE title || body @@ %s::tsquery ORDER BY thread_id DESC LIMIT %s",
            [everything, RANKED, everything, limit],
        )
        return [int(pk) for (pk,) in cursor.fetchall()]


def containing(terms: list[Term], least: int, among: tuple[str, Sequence[Any]], limit: int) -> list[int]:
    """Return threads that contain at least ``least`` of the terms, the most promising of the newest."""
    condition, parameters = among
    match = " | ".join(f"({_all(chosen)})" for chosen in combinations(terms, least))
    shared = _any(terms)
    with connection.cursor() as cursor:
        # The index returns every match before the first can be used: what is in many threads is in many new ones.
        # The condition is Django's own SQL, its values are parameters.
        cursor.execute(
            "SELECT thread_id FROM ("  # noqa: S608 - see above
            " SELECT thread_id, title || body || answers AS words FROM ("
            "  SELECT thread_id, title, body, answers FROM community_search ORDER BY thread_id DESC LIMIT %s"
            f" ) AS found WHERE EXISTS ({condition} OFFSET 0) ORDER BY thread_id DESC LIMIT %s"
            ") AS recent WHERE words @@ %s::tsquery ORDER BY thread_id DESC LIMIT %s",
            [NEWEST, *parameters, RECENT, match, limit],
        )
        recent = [int(pk) for (pk,) in cursor.fetchall()]
        if len(recent) == limit:
            return recent
        # Sorted first and looked up one by one until there are enough: without OFFSET the planner joins all matches,
        # whose number it cannot know, to all threads. Materialized and lateral: with the limit in sight it would
        # rather read all threads.
        cursor.execute(
            "WITH newest AS MATERIALIZED ("  # noqa: S608 - see above
            " SELECT thread_id FROM ("
            "  SELECT hit AS thread_id FROM community_search_hits(%s::tsquery) AS hit ORDER BY hit DESC OFFSET 0"
            f" ) AS found WHERE EXISTS ({condition} OFFSET 0) ORDER BY thread_id DESC LIMIT %s"
            ") SELECT thread_id FROM newest CROSS JOIN LATERAL ("
            "  SELECT title, body, answers FROM community_search WHERE thread_id = newest.thread_id OFFSET 0) AS said"
            " ORDER BY 8 * ts_rank(title, %s::tsquery) + ts_rank(body, %s::tsquery)"
            " + 0.5 * ts_rank(answers, %s::tsquery) DESC, thread_id DESC LIMIT %s",
            [match, *parameters, RANKED, shared, shared, shared, limit],
        )
        return [int(pk) for (pk,) in cursor.fetchall()]


def read(ids: Sequence[int], terms: Iterable[Term], *, answers: bool = True) -> list[Candidate]:
    """Return the titles of threads, and which of the terms' words their text, and their answers, have."""
    wanted = frozenset(text for term in terms for text in term.near)
    columns = ["title", "body", *(["answers"] if answers else [])]
    arrays = ", ".join(f"array_to_string(tsvector_to_array({column}), ' ')" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT thread_id, {arrays} FROM community_search WHERE thread_id = ANY(%s)",  # noqa: S608 - columns of ours
            [list(ids)],
        )
        return [
            Candidate(pk, frozenset(title.split()), *(wanted.intersection(words.split()) for words in texts))
            for pk, title, *texts in cursor.fetchall()
        ]


def known(ids: Sequence[int]) -> set[int]:
    """Return which of the threads have a row, and one for each word of their titles."""
    return _known(KNOWN, ids)


def put_idea(idea: int, document: Document) -> None:
    """Store or replace the words of an idea."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO community_search_idea (idea_id, title, body)"
            " VALUES (%s, array_to_tsvector(%s::text[]), array_to_tsvector(%s::text[]))"
            " ON CONFLICT (idea_id) DO UPDATE SET title = excluded.title, body = excluded.body",
            [idea, list(document.title), list(document.body)],
        )
    learn(dict.fromkeys((*document.title, *document.body)))


def ideas(terms: list[Term], among: tuple[str, Sequence[Any]], limit: int) -> list[int]:
    """Return the ideas that contain all of the terms: those whose titles do, then the others, the newest first."""
    condition, parameters = among
    match = _all(terms)
    with connection.cursor() as cursor:
        # The condition is Django's own SQL, its values are parameters.
        cursor.execute(
            "SELECT idea_id FROM community_search_idea AS found"  # noqa: S608 - see above
            f" WHERE title || body @@ %s::tsquery AND EXISTS ({condition})"
            " ORDER BY title @@ %s::tsquery DESC, idea_id DESC LIMIT %s",
            [match, *parameters, match, limit],
        )
        return [int(pk) for (pk,) in cursor.fetchall()]


def known_ideas(ids: Sequence[int]) -> set[int]:
    """Return which of the ideas have a row."""
    return _known("SELECT idea_id FROM community_search_idea WHERE idea_id = ANY(%s)", ids)


def _known(sql: str, ids: Sequence[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(ids)])
        return {int(pk) for (pk,) in cursor.fetchall()}


def _any(terms: Iterable[Term]) -> str:
    """Indexed words are letters and digits only, so nothing in them can end the quotation."""
    return "(" + " | ".join(dict.fromkeys(f"'{text}'" for term in terms for text in term.near)) + ")"


def _all(terms: Iterable[Term]) -> str:
    return " & ".join(_any([term]) for term in terms)
