"""The search: what was asked, which filters that means, and the hits with the words that were looked for marked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.text import slugify
from django.utils.translation import get_language

from community import markdown
from community.models import Answer, Idea, Member, Phase, Product, Thread, Topic
from community.queries import ideas, products, threads
from community.queries.search_filters import Chip, Narrowed, chips, narrow
from community.search import index, operators, snippets
from community.search.analysis import fold
from community.search.operators import Asked, Filter
from community.search.snippets import Piece

SIZE = 20
LONGEST = 200
#: So many answers of a hit, the most helpful first, are looked through for its snippet.
ANSWERS = 10
PEOPLE, SHELF, IDEAS = 3, 3, 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One thread with its marked title, and the piece of it or of ``answer`` that says most of what was asked."""

    thread: Thread
    title: Sequence[Piece]
    snippet: Sequence[Piece]
    answer: Answer | None = None


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


def _in_short(among: QuerySet[Thread], ids: Sequence[int]) -> dict[int, Thread]:
    """The hits that may still be read, with what the facets count."""
    return among.only("phase", "state", "product", "topic").in_bulk(ids)


def _in_full(among: QuerySet[Thread], ids: Sequence[int]) -> list[Thread]:
    rows = threads.with_bylines(among).defer("body").in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _hits(shown: Sequence[Thread], found: index.Found) -> list[Hit]:
    """Each thread with its snippet; answers are read only where the question does not say everything."""
    questions = {thread.pk: markdown.plain(thread.html) for thread in shown}
    open_ones = [one.pk for one in shown if not snippets.says_all((one.title, questions[one.pk]), found.terms)]
    replies = defaultdict(list)
    for answer in _best_answers(open_ones):
        replies[answer.thread_id].append(answer)
    return [_hit(thread, questions[thread.pk], replies[thread.pk], found) for thread in shown]


def _best_answers(ids: Sequence[int]) -> QuerySet[Answer]:
    place = Window(RowNumber(), partition_by=F("thread_id"), order_by=(F("score").desc(), F("id").asc()))
    rows = Answer.objects.visible().filter(thread__in=ids).annotate(place=place).filter(place__lte=ANSWERS)
    return rows.select_related("author").defer("body").order_by("thread_id", "place")


def _hit(thread: Thread, question: str, replies: Sequence[Answer], found: index.Found) -> Hit:
    snippet, most = snippets.best(question, found.terms)
    source = None
    for answer in replies:
        if most == len(found.terms):
            break
        piece, said = snippets.best(markdown.plain(answer.html), found.terms)
        if said > most:
            answer.thread = thread
            snippet, most, source = piece, said, answer
    return Hit(thread, snippets.whole(thread.title, found.terms), snippet, source)


def _facets(asked: Asked, found: Sequence[Thread], shelf: Sequence[Product]) -> list[Facet]:
    """What the hits differ in, the most frequent first; nothing where a filter of that kind is set already."""
    language = get_language() or "en"
    counted: Counter[tuple[Filter, str]] = Counter()
    about = {product.pk: product for product in shelf}
    if retired := {thread.product_id for thread in found if thread.product_id} - about.keys():
        about |= Product.objects.in_bulk(retired)
    filed = Topic.objects.in_bulk({thread.topic_id for thread in found if thread.topic_id})
    for thread in found:
        if thread.product_id and not asked.of("product"):
            product = about[thread.product_id]
            counted[Filter("product", product.slug), product.name] += 1
        if thread.topic_id and not asked.of("topic"):
            topic = filed[thread.topic_id]
            counted[Filter("topic", topic.slug), topic.name] += 1
        if not asked.of("phase"):
            counted[Filter("phase", thread.phase), str(Phase(thread.phase).label)] += 1
        if thread.state == Thread.State.SOLVED and not asked.of("solved"):
            counted[Filter("solved", operators.yes(language)), str(Thread.State.SOLVED.label)] += 1
    return [
        Facet(label, count, asked.plus(one).written(language))
        for (one, label), count in counted.most_common(12)
        if count < len(found)
    ][:8]


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
