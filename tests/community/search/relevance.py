"""How good the search is: mean reciprocal rank and recall among the first five, over ``corpus``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean

from django.utils import timezone

from community.models import Member, Thread
from community.search import index
from community.services import answers, members, threads
from tests.community.search import corpus

FIRST = 5


@dataclass(frozen=True, slots=True)
class Quality:
    """``mrr`` looks at the first good hit of each search, ``recall`` at how many good ones are among the first five."""

    mrr: float
    recall: float
    searches: int
    missed: tuple[str, ...]


def store(at: datetime | None = None) -> dict[int, str]:
    """Store the corpus through the services; return the names of its threads by id."""
    at = at or timezone.now() - timedelta(days=30)
    asker, helper = (_member(name, at) for name in ("Nora Feldmann", "Karim Osei"))
    stored = {}
    for name, asked in corpus.THREADS.items():
        thread = threads.create(author=asker, title=asked.title, body=asked.body, phase="after", at=at)
        Thread.objects.filter(pk=thread.pk).update(language=asked.language)
        for body in asked.answers:
            answers.create(thread=thread, author=helper, body=body, at=at)
        stored[thread.pk] = name
    index.gather(stored)
    return stored


def of_search(stored: dict[int, str]) -> Quality:
    """The quality of the search page."""
    return _measure(stored, lambda text: index.find(text, Thread.objects.visible(), FIRST * 2).ids)


def of_similar(stored: dict[int, str]) -> Quality:
    """The quality of what is offered while a title is typed, for searches that are long enough to be one."""
    return _measure(stored, lambda text: index.similar(text, FIRST * 2), shortest=index.SHORTEST_TITLE)


def _measure(stored: dict[int, str], find: Callable[[str], Sequence[int]], *, shortest: int = 0) -> Quality:
    ranks, recalls, missed = [], [], []
    for text, deserved in corpus.SEARCHES:
        if len(text) < shortest:
            continue
        found = [stored[pk] for pk in find(text)]
        good = [place for place, name in enumerate(found, start=1) if name in deserved]
        ranks.append(1 / good[0] if good else 0.0)
        recalls.append(sum(place <= FIRST for place in good) / len(deserved))
        if not good or good[0] > 1:
            missed.append(f"{text} → {', '.join(found[:3]) or 'nothing'}, not {deserved[0]}")
    return Quality(round(fmean(ranks), 3), round(fmean(recalls), 3), len(ranks), tuple(missed))


def _member(name: str, at: datetime) -> Member:
    handle = members.free_handle(name)
    return members.create(email=f"{handle}@relevance.example", password=None, display_name=name, language="de", at=at)
