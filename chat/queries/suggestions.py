"""What the community already knows about a question: accepted and official answers, and facts of the product."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from community import markdown
from community.models import Answer, Product, Thread
from community.search import analysis, index

#: So much of an answer is a message; it ends with a sentence where one ends in time.
LONGEST = 400
#: How many threads are looked at for each suggestion that is wanted.
LOOKED_AT = 4
#: A question in a talk says more than a title: so much of it must be in the title that is alike.
ALIKE = 0.2
#: So many places ahead is a thread about the product that the talk is about.
ABOUT_IT = 1.5
#: How much of a question has to be spoken of.
MOST_OF_IT = 0.6
#: Shorter beginnings of a word say too little.
BEGINNING = 4
SENTENCE = re.compile(r"(?<=[.!?])\s")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words to start from. ``thread`` is where they stand; ``official`` says that they are the brand's own.

    A fact of the product has no thread.
    """

    title: str
    text: str
    thread: Thread | None = None
    official: bool = False

    def speaks_of(self, question: str, *, product: Product | None) -> bool:
        """Whether most of what the question asks, beside the product's name, is in these words.

        A person sees at a glance that something does not fit; who answers without one has to know. A fact was asked
        for by its name.
        """
        if self.thread is None:
            return True
        asked = _beside_the_name(question, product)
        told = _stems([self.title, self.text])
        return sum(_any_same(word, told) for word in asked) >= len(asked) * MOST_OF_IT


def suggest(question: str, *, product: Product | None, count: int = 3) -> list[Suggestion]:
    """What fits ``question`` best: facts of the product first, then answers, about the product before others."""
    facts = _facts(question, product)[:count]
    return facts + _answers(question, product, count - len(facts)) if len(facts) < count else facts


def _answers(question: str, product: Product | None, count: int) -> list[Suggestion]:
    found = _found(question, count * LOOKED_AT)
    rows = _answered().in_bulk(found)
    about = product.pk if product else None
    # What is about the product comes before what fits as well, not before what fits better.
    places = {
        pk: place - (ABOUT_IT if rows[pk].product_id == about else 0) for place, pk in enumerate(found) if pk in rows
    }
    threads = [rows[pk] for pk in sorted(places, key=lambda pk: places[pk])]
    return [_suggestion(thread, answer) for thread in threads if (answer := _answer(thread)) is not None][:count]


def _found(question: str, most: int) -> list[int]:
    """Threads that ask alike; where there are none, those that hold the words."""
    if alike := index.similar(question[: Thread.TITLE_MAX], most, least=ALIKE):
        return alike
    words = " ".join(dict.fromkeys(text for *_where, text, _stems in analysis.spans(question)))
    return list(index.find(words, _answered(), most).ids) if words else []


def _answered() -> QuerySet[Thread]:
    known = Q(accepted_answer__isnull=False) | Q(official_answer__isnull=False)
    return Thread.objects.visible().filter(known).select_related("accepted_answer", "official_answer")


def _answer(thread: Thread) -> Answer | None:
    """What the brand says, or else what solved it, as far as everybody may read it."""
    return next((one for one in (thread.official_answer, thread.accepted_answer) if one and one.is_visible), None)


def _suggestion(thread: Thread, answer: Answer) -> Suggestion:
    official = answer.pk == thread.official_answer_id
    return Suggestion(thread.title, shortened(markdown.plain(answer.html)), thread, official)


def _facts(question: str, product: Product | None) -> list[Suggestion]:
    """Facts whose name is in the question, or begins as one of its words does."""
    if product is None:
        return []
    asked = [stem for word in _beside_the_name(question, product) for stem in word]
    return [
        Suggestion(f"{product.name}: {name}", f"{name}: {value}")
        for name, value in product.facts.items()
        if _any_same(asked, _stems([name.replace("_", " ")]))
    ]


def _any_same(some: Iterable[str], others: Iterable[str]) -> bool:
    others = list(others)
    return any(_same(one, other) for one in some for other in others)


def _words(text: str) -> list[frozenset[str]]:
    """The words of a text that say something, each as its stems in both languages."""
    return [frozenset(stems) for *_where, stems in analysis.spans(text) if stems]


def _beside_the_name(question: str, product: Product | None) -> list[frozenset[str]]:
    name = _stems([product.name]) if product else set()
    return [word for word in _words(question) if not _any_same(word, name)]


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= BEGINNING and long.startswith(short))


def _stems(texts: Iterable[str]) -> set[str]:
    return {stem for text in texts for *_where, stems in analysis.spans(text) for stem in stems}


def shortened(text: str, longest: int = LONGEST) -> str:
    """``text`` up to its last sentence that fits, or up to a word."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    kept = ""
    for sentence in SENTENCE.split(text):
        if len(kept) + len(sentence) + 1 > longest:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or text[: longest - 2].rpartition(" ")[0] + " …"
