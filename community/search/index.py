"""The search index: what services put in and ask for. Which database keeps it shows nowhere else.

One document for each thread: a search may find one word in the question and another in its third answer. Title and
body are written in the transaction of the thread that they describe, so the two cannot part. The answers, whose words
are gathered anew whenever one of them changes, follow by the journal, so that posting stays cheap however long a
thread gets; so do the words of longer texts in the vocabulary. Ideas have a table of their own, with title and text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from community import markdown
from community.models import Answer, Idea, Thread
from community.search import analysis, postgresql, ranking, sqlite
from community.search.ranking import Candidate, Group, Term

#: Fewer typed characters say too little.
SHORTEST_TITLE = 10
#: So many threads are scored in full; the database picks them.
CANDIDATES = 80
#: So many hits a search looks through and shows at most.
HITS = 60
#: So many threads whose titles say most of a search are looked at by its filters.
LOOKED_AT = 200
#: Words that a search may leave out are tried one by one; a longer one means what it says or nothing.
LOOSE = 6
#: So many answers of a thread, the most helpful first, are gathered.
ANSWERS = 200


@dataclass(frozen=True, slots=True)
class Found:
    """The threads, best first; ``terms`` is what was looked for, ``loose`` says that none has every word."""

    ids: Sequence[int] = ()
    terms: Sequence[Term] = ()
    loose: bool = False


class Index(Protocol):
    """What each database brings; ``KEY`` is how a condition on threads names the thread of a row, ``IDEA`` the idea."""

    KEY: str
    IDEA: str

    def put(self, thread: int, document: analysis.Document) -> None:
        """Store or replace the words of a question."""

    def put_answers(self, thread: int, words: Sequence[str]) -> None:
        """Replace the words of its answers."""

    def learn(self, words: Iterable[str]) -> None:
        """Add words to the vocabulary."""

    def remove(self, thread: int) -> None:
        """Forget a thread."""

    def related(self, words: list[analysis.Word]) -> dict[str, set[str]]:
        """Return the indexed words that look like each stem or beginning, as an overestimate."""

    def titled(self, groups: Sequence[Group], most: int) -> list[list[int]]:
        """Return for each group the newest threads in whose titles one of its words stands."""

    def asking(self, terms: list[Term], limit: int) -> list[int]:
        """Return the newest threads that have all of the terms in the question."""

    def containing(self, terms: list[Term], least: int, among: tuple[str, Sequence[Any]], limit: int) -> list[int]:
        """Return threads that contain at least ``least`` of the terms, the most promising of the newest."""

    def read(self, ids: Sequence[int], terms: Iterable[Term], *, answers: bool = True) -> list[Candidate]:
        """Return the titles of threads, and which of the terms' words their text, and their answers, have."""

    def known(self, ids: Sequence[int]) -> set[int]:
        """Return which of the threads are in the index."""

    def put_idea(self, idea: int, document: analysis.Document) -> None:
        """Store or replace the words of an idea."""

    def ideas(self, terms: list[Term], among: tuple[str, Sequence[Any]], limit: int) -> list[int]:
        """Return the ideas that contain all of the terms: those whose titles do, then the others, the newest first."""

    def known_ideas(self, ids: Sequence[int]) -> set[int]:
        """Return which of the ideas are in the index."""


def put(thread: Thread) -> None:
    """Make a thread findable by its present title and body."""
    _index().put(thread.pk, analysis.document(thread.title, _said(thread.body, thread.html)))


def gather(threads: Iterable[int]) -> None:
    """Make threads findable by their present answers too, and let the vocabulary learn all their words.

    Sorted, so that two workers take rows in one order.
    """
    index, words = _index(), set[str]()
    for pk, title, body, html in (
        Thread.objects.visible().filter(pk__in=threads).order_by("pk").values_list("pk", "title", "body", "html")
    ):
        question = analysis.document(title, _said(body, html))
        replies = Answer.objects.visible().filter(thread=pk).order_by("-score", "id").values_list("body", "html")
        answers = analysis.replies(_said(*reply) for reply in replies[:ANSWERS])
        index.put_answers(pk, answers)
        words.update(question.title, question.body, answers)
    index.learn(sorted(words))


def remove(thread: Thread) -> None:
    """Let a thread be found no longer."""
    _index().remove(thread.pk)


def put_idea(idea: Idea) -> None:
    """Make an idea findable by its present title and text."""
    _index().put_idea(idea.pk, analysis.document(idea.title, _said(idea.body, idea.html)))


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
    terms, titles = _weighed(index, terms, ranking.rarity)
    scores = _scores(index, ranking.leading(terms, titles, CANDIDATES), terms)
    if sum(score > ranking.BODY for score in scores.values()) < limit:
        # Where no word stands in the title a question cannot get beyond that.
        scores |= _scores(index, [pk for pk in index.asking(terms, CANDIDATES) if pk not in scores], terms)
    near = {pk: score for pk, score in scores.items() if score >= least}
    solved = _readable(near)
    order = sorted(solved, key=lambda pk: (-round(near[pk], 1), not solved[pk], -near[pk], -pk))
    return order[:limit]


def find(query: str, threads: QuerySet[Thread], limit: int = HITS) -> Found:
    """Return those of ``threads`` that contain every word of ``query`` in some form, or else most of what it says."""
    index = _index()
    terms = _terms(index, query, part=ranking.PART)
    if not terms:
        return Found()
    among = _condition(threads, index.KEY)
    terms, titles = _weighed(index, terms, ranking.importance)
    said = ranking.leading(terms, titles, LOOKED_AT)
    allowed = set(threads.order_by().filter(pk__in=said).values_list("pk", flat=True))
    said = [pk for pk in said if pk in allowed]
    ids = [pk for pk in said if all(pk in known for known in titles)][:HITS]
    if len(ids) < HITS:
        some = index.containing(terms, len(terms), among, HITS)
        # Where there are more than these, the others whose titles say most of it are better than they may be.
        ids = list(dict.fromkeys([*ids, *some, *(said[:HITS] if len(some) >= HITS else [])]))
    found, loose = [one for one in index.read(ids, terms) if ranking.says_all(one, terms)], False
    if not found and 1 < len(terms) <= LOOSE:
        near = index.read(index.containing(terms, len(terms) - 1, among, HITS), terms)
        found, loose = [one for one in near if ranking.coverage(one, terms) > ranking.ENOUGH], True
    scores = {one.thread: ranking.score(one, terms) for one in found}
    return Found(sorted(scores, key=lambda pk: (-scores[pk], -pk))[:limit], terms, loose and bool(found))


def ideas(terms: Sequence[Term], among: QuerySet[Idea], limit: int) -> list[int]:
    """Return the ids of those ideas of ``among`` that contain every one of the ``terms`` that ``find`` looked for."""
    index = _index()
    return index.ideas(list(terms), _condition(among, index.IDEA), limit) if terms else []


def missing() -> Iterator[int]:
    """Yield the threads that everybody may read and the index does not know."""
    return _missing(Thread.objects.visible(), _index().known)


def missing_ideas() -> Iterator[int]:
    """Yield the ideas that everybody may read and the index does not know."""
    return _missing(Idea.objects.visible(), _index().known_ideas)


def _missing(rows: QuerySet[Any], known_of: Callable[[Sequence[int]], set[int]], size: int = 1_000) -> Iterator[int]:
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
        known, last = known_of(ids), ids[-1]
        yield from (pk for pk in ids if pk not in known)


def _said(body: str, html: str) -> str:
    """What readers of a post see in words: a product that is called by its slug they read by its name."""
    return " ".join([*markdown.named_in(html), body])


def _terms(index: Index, text: str, *, part: float = 1) -> list[Term]:
    words = analysis.query(text)
    if not words:
        return []
    terms = ranking.terms(words, index.related(words), part=part)
    slips = {n: slip for n, word in enumerate(words) if (slip := ranking.slip(terms[n], word))}
    if slips:
        meant = {right for right, _sure in slips.values()}
        related = index.related([analysis.Word((right,)) for right in sorted(meant)])
        for n, slip in slips.items():
            terms[n] = ranking.widened(terms[n], slip, related.get(slip[0], ()))
    return terms


def _weighed(
    index: Index, terms: list[Term], weight: Callable[[int], float]
) -> tuple[list[Term], list[dict[int, float]]]:
    """Give each term its weight by the number of titles in which it stands; return also which of the newest those are.

    Reading them word by word and no further than ``COMMON`` bounds what a frequent word costs.
    """
    groups = ranking.groups(terms)
    titles = ranking.gathered(terms, groups, index.titled(groups, ranking.COMMON))
    counts = [min(len(threads), ranking.COMMON) for threads in titles]
    return [replace(term, weight=weight(count)) for term, count in zip(terms, counts, strict=True)], titles


def _scores(index: Index, ids: Sequence[int], terms: Sequence[Term]) -> dict[int, float]:
    return {found.thread: ranking.score(found, terms) for found in index.read(ids, terms, answers=False)}


def _condition(rows: QuerySet[Any], key: str) -> tuple[str, Sequence[Any]]:
    """``rows`` as the condition under which a row of the index counts: SQL and its parameters."""
    one = rows.order_by().filter(pk=RawSQL(key, ()))  # noqa: S611 - a column's name from our own code
    return one.values("pk").query.sql_with_params()


def _readable(ids: dict[int, float] | list[int]) -> dict[int, bool]:
    """Which of ``ids`` are there for everybody, and whether they are solved."""
    rows = Thread.objects.visible().filter(pk__in=list(ids)).values_list("pk", "state")
    return {pk: state == Thread.State.SOLVED for pk, state in rows}


def _index() -> Index:
    return postgresql if connection.vendor == "postgresql" else sqlite
