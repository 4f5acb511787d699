"""The search: what was asked, which filters that means, and the hits with the words that were looked for marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.text import slugify
from django.utils.translation import get_language

from community import markdown
from community.models import Answer, Idea, Member, Phase, Product, Thread, Topic
from community.queries import ideas, products, threads
from community.queries.search_filters import Chip, Narrowed, chips, narrow
from community.search import index, operators
from community.search.analysis import fold
from community.search.operators import Asked, Filter
from community.search.snippets import Marker, Piece

SIZE = 20
LONGEST = 200
#: So many answers of a hit, the most helpful first, are looked through for its snippet.
ANSWERS = 10
PEOPLE, SHELF, IDEAS = 3, 3, 3
#: So many facets are shown, out of the most frequent of them: one that all hits have would not narrow them.
FACETS, FREQUENT = 8, 12


@dataclass(frozen=True, slots=True)
class Hit:
    """One thread with its marked title, and the piece of it or of ``answer`` that says most of what was asked."""

    thread: Thread
    title: Sequence[Piece]
    snippet: Sequence[Piece]
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Short:
    """What the facets count of a hit that may not be on the page."""

    phase: str
    solved: bool
    product: int | None
    topic: int | None


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter that would narrow the hits to ``count`` of them; ``query`` is the search with it."""

    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Result:
    """One page of hits and what stands around it; ``count`` is how many there are, up to ``index.HITS``."""

    asked: Asked
    hits: Sequence[Hit] = ()
    count: int = 0
    page: int = 1
    loose: bool = False
    hints: Sequence[str] = ()
    chips: Sequence[Chip] = ()
    facets: Sequence[Facet] = ()
    products: Sequence[Product] = ()
    ideas: Sequence[Idea] = ()
    members: Sequence[Member] = field(default_factory=tuple)

    @property
    def next(self) -> int | None:
        """The page after this one."""
        return self.page + 1 if self.page * SIZE < self.count else None

    @property
    def previous(self) -> int | None:
        """The page before this one."""
        return self.page - 1 if self.page > 1 else None

    @property
    def title(self) -> str:
        """The words as they go into the address of the form for asking."""
        return quote(self.asked.words)

    @property
    def full(self) -> bool:
        """Whether there may be more hits than are shown."""
        return self.count >= index.HITS

    @property
    def in_vain(self) -> bool:
        """Whether words were looked for that lead nowhere, and not only for the posts of one person."""
        return bool(self.asked.words) and not (self.count or self.hints or self.asked.of("by"))


def run(text: str, among: QuerySet[Thread], *, beside: QuerySet[Idea] | None = None, page: int = 1) -> Result:
    """Search ``among`` the threads that the person may read, and name those of the ideas ``beside`` that fit."""
    asked = operators.parse(text.replace("\0", "")[:LONGEST])
    shelf = list(products.active()[: products.CHOICES])
    narrowed = narrow(among, asked, shelf)
    if narrowed.nothing or not (asked.words or asked.filters):
        return Result(asked, hints=narrowed.hints, chips=chips(narrowed), products=_shelf(asked, shelf))
    found = _find(asked, narrowed)
    known = _in_short(among, found.ids)
    ids = [pk for pk in found.ids if pk in known]
    shown = _in_full(among, ids[(page - 1) * SIZE : page * SIZE])
    return Result(
        asked,
        hits=_hits(shown, found),
        count=len(ids),
        page=page,
        loose=found.loose,
        hints=narrowed.hints,
        chips=chips(narrowed),
        facets=_facets(narrowed.asked, [known[pk] for pk in ids], shelf),
        products=_shelf(asked, shelf) if page == 1 else (),
        ideas=_ideas(asked, found, beside) if page == 1 else (),
        members=_members(asked) if page == 1 else (),
    )


def _find(asked: Asked, narrowed: Narrowed) -> index.Found:
    if asked.words:
        return index.find(asked.words, narrowed.threads)
    newest = narrowed.threads.order_by(*threads.ORDERS["new"]).values_list("pk", flat=True)
    return index.Found(list(newest[: index.HITS]))


def _in_short(among: QuerySet[Thread], ids: Sequence[int]) -> dict[int, Short]:
    """The hits that may still be read, with what the facets count."""
    rows = among.filter(pk__in=ids).order_by().values_list("pk", "phase", "state", "product", "topic")
    return {pk: Short(phase, state == Thread.State.SOLVED, *about) for pk, phase, state, *about in rows}


def _in_full(among: QuerySet[Thread], ids: Sequence[int]) -> list[Thread]:
    rows = threads.with_bylines(among).defer("body").in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _hits(shown: Sequence[Thread], found: index.Found) -> list[Hit]:
    """Each thread with its snippet; answers are read only where the question does not say everything."""
    marker, all_terms = Marker(found.terms), len(found.terms)
    titles = {thread.pk: marker.look(thread.title) for thread in shown}
    texts = {thread.pk: marker.look(markdown.plain(thread.html)) for thread in shown}
    open_ones = [pk for pk, text in texts.items() if len(text.terms() | titles[pk].terms()) < all_terms]
    sources: dict[int, int] = {}
    for answer, thread, html in _best_answers(open_ones):
        if texts[thread].said < all_terms:
            look = marker.look(markdown.plain(html))
            if look.said > texts[thread].said:
                texts[thread], sources[thread] = look, answer
    answers = _sources(sources.values(), {thread.pk: thread for thread in shown})
    return [
        Hit(one, titles[one.pk].whole(), texts[one.pk].best(), answers.get(sources.get(one.pk, 0))) for one in shown
    ]


def _best_answers(ids: Sequence[int]) -> Iterable[tuple[int, int, str]]:
    """Answer, thread and text of the most helpful answers, best first; none of them is shown with more than that."""
    if not ids:
        return ()
    place = Window(RowNumber(), partition_by=F("thread_id"), order_by=(F("score").desc(), F("id").asc()))
    rows = Answer.objects.visible().filter(thread__in=ids).annotate(place=place).filter(place__lte=ANSWERS)
    return rows.order_by("thread_id", "place").values_list("pk", "thread_id", "html")


def _sources(ids: Collection[int], among: Mapping[int, Thread]) -> dict[int, Answer]:
    """The answers that snippets are from, with their authors."""
    rows = Answer.objects.select_related("author").defer("body", "html").in_bulk(ids) if ids else {}
    for answer in rows.values():
        answer.thread = among[answer.thread_id]
    return rows


def _facets(asked: Asked, found: Sequence[Short], shelf: Sequence[Product]) -> list[Facet]:
    """What the hits differ in, the most frequent first; nothing where a filter of that kind is set already."""
    about = {product.pk: product for product in shelf}
    if retired := {row.product for row in found if row.product} - about.keys():
        about |= Product.objects.in_bulk(retired)
    filed = Topic.objects.in_bulk({row.topic for row in found if row.topic})
    language = get_language() or "en"
    # How each kind of filter is typed and called for a value that the hits have.
    named: dict[str, Callable[[Any], tuple[str, str]]] = {
        "product": lambda pk: (about[pk].slug, about[pk].name),
        "topic": lambda pk: (filed[pk].slug, filed[pk].name),
        "phase": lambda phase: (phase, str(Phase(phase).label)),
        "solved": lambda _solved: (operators.yes(language), str(Thread.State.SOLVED.label)),
    }
    wanted = [kind for kind in named if not asked.of(kind)]
    counted = Counter((kind, value) for row in found for kind in wanted if (value := getattr(row, kind)))
    facets = []
    for (kind, value), count in counted.most_common(FREQUENT):
        if count < len(found):
            typed, label = named[kind](value)
            facets.append(Facet(label, count, asked.plus(Filter(kind, typed)).written(language)))
    return facets[:FACETS]


def _shelf(asked: Asked, shelf: Sequence[Product]) -> list[Product]:
    """Products that are called what was asked for."""
    words = fold(asked.words)
    if len(words) < 3:
        return []
    return [product for product in shelf if words in fold(product.name) or fold(product.name) in words][:SHELF]


def _ideas(asked: Asked, found: index.Found, beside: QuerySet[Idea] | None) -> list[Idea]:
    """Ideas that say what was asked for, in their titles or else in their text."""
    if beside is None or asked.filters:
        return []
    return ideas.in_order(beside, index.ideas(found.terms, beside, IDEAS))


def _members(asked: Asked) -> list[Member]:
    """Members whose handle begins with what was asked for; a name is most of a handle."""
    handle = slugify(asked.words)
    if len(handle) < 3 or asked.filters:
        return []
    rows = Member.objects.filter(is_active=True, handle__startswith=handle).select_related("standing")
    return list(rows.order_by("handle")[:PEOPLE])
