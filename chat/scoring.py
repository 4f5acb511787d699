"""Who of a target is asked first. No Django, no database: plain data in, a ranking with its reasons out.

Whoever knows the product or the topic comes before everybody else. Among those the score decides: what they know, how
they were rated, how busy they are, and whether they helped this person last time. Now and then a newcomer comes first,
or nobody new would ever be rated.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

#: The rating of somebody who has none yet, and how many ratings it takes to outweigh it.
PRIOR_MEAN: Final = 4.0
PRIOR_WEIGHT: Final = 5
#: With fewer ratings somebody is a newcomer; so often one of them comes first.
NEWCOMER_RATINGS: Final = 5
EXPLORATION: Final = 0.1
LAST_TIME: Final = 1.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the target who is there, as far as the choice depends on it.

    ``products`` and ``topics`` hold at least what is asked about; ``named`` says that there is anything at all.
    """

    pk: int
    languages: frozenset[str]
    products: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    load: int = 0
    capacity: int = 1
    rating_sum: int = 0
    rating_count: int = 0
    named: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person needs. ``last`` is who helped them last time."""

    language: str
    product: str | None = None
    topic: str | None = None
    last: int | None = None
    avoid: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with what the score is made of."""

    pk: int
    knows: bool
    expertise: float
    rating: float
    load: float
    last_time: bool
    explored: bool

    @property
    def score(self) -> float:
        """The product of all of it; only compared among people who know the thing, or among those who do not."""
        return self.expertise * self.rating * self.load * (LAST_TIME if self.last_time else 1.0)


def rank(candidates: Collection[Candidate], wanted: Wanted, *, draw: float) -> list[Ranked]:
    """Those who can help now, the first choice first. ``draw`` in [0, 1) is the lot of exploration."""
    able = [one for one in candidates if can_help(one, wanted) and one.load < one.capacity]
    ranked = sorted((_ranked(one, wanted) for one in able), key=_order)
    return _explored(ranked, {one.pk: one for one in able}) if draw < EXPLORATION else ranked


def can_help(candidate: Candidate, wanted: Wanted) -> bool:
    """Whether the candidate speaks the language and has not said no, however busy they are."""
    return wanted.language in candidate.languages and candidate.pk not in wanted.avoid


def bayesian(total: int, count: int) -> float:
    """An average that few ratings move little, between 1 and 5."""
    return (PRIOR_MEAN * PRIOR_WEIGHT + total) / (PRIOR_WEIGHT + count)


def _order(one: Ranked) -> tuple[bool, float, int]:
    return not one.knows, -one.score, one.pk


def _ranked(one: Candidate, wanted: Wanted) -> Ranked:
    product, topic = wanted.product in one.products, wanted.topic in one.topics
    return Ranked(
        pk=one.pk,
        knows=product or topic,
        expertise=_expertise(one, product=product, topic=topic),
        rating=round(bayesian(one.rating_sum, one.rating_count) / 5, 4),
        load=round(1 - one.load / one.capacity / 2, 4),
        last_time=one.pk == wanted.last,
        explored=False,
    )


def _expertise(one: Candidate, *, product: bool, topic: bool) -> float:
    """Both, the product, the topic; then whoever is named for nothing, then whoever is named for something else."""
    if product and topic:
        return 1.0
    if product:
        return 0.9
    if topic:
        return 0.7
    return 0.3 if one.named or one.products or one.topics else 0.5


def _explored(ranked: Sequence[Ranked], of: dict[int, Candidate]) -> list[Ranked]:
    """Let the best newcomer among those who are as apt as the first come first."""
    for place, one in enumerate(ranked):
        if one.knows is ranked[0].knows and of[one.pk].rating_count < NEWCOMER_RATINGS:
            first = Ranked(one.pk, one.knows, one.expertise, one.rating, one.load, one.last_time, place > 0)
            return [first, *ranked[:place], *ranked[place + 1 :]]
    return list(ranked)
