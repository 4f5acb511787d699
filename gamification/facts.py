"""What a rule may ask of a deed: a fixed catalogue of facts and metrics, without Django or a database.

A fact is a value that the journal keeps with the deed; a metric is how often something happened to a member.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gamification import rules

#: What a fact may be: a row's id, one of a few words, or yes and no. ``None`` stands for a deed without it.
Value = int | str | bool | None
#: How the catalogue calls the choice that the journal writes as an empty text.
NOTHING: Final = "none"


class Kind(StrEnum):
    """How the values of a fact look, and with them which comparisons make sense."""

    ROW = "row"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of the catalogue: the key in the journal, and the deeds that come with it."""

    name: str
    key: str
    kind: Kind
    verbs: frozenset[str]
    choices: tuple[str, ...] = ()

    def read(self, journal: Mapping[str, object]) -> Value:
        """The value that a deed with the facts ``journal`` has."""
        value = journal.get(self.key)
        if value == "":
            return NOTHING
        return value if isinstance(value, int | str) else None


ANSWERS: Final = frozenset({"answer.accepted", "answer.found_helpful", "answer.made_official"})
REVIEWS: Final = frozenset({"review.found_helpful"})
IDEAS: Final = frozenset({"idea.found_good"})
#: Said once at the end of a contest, by votes and jury under its stated rules, and never taken back.
WINS: Final = frozenset({"idea.won"})
#: Recorded by quests themselves; a manager writes no rule for it.
QUESTS: Final = frozenset({"quest.completed"})
#: The deeds that may earn: each but a win can be taken back, so that what it earned goes with it. Asking, answering
#: and reviewing alone earn nothing, and neither do votes in a contest: there only winning does.
EARNING: Final = ANSWERS | REVIEWS | IDEAS | WINS
#: The deeds that are somebody's opinion of another's post: many people can do them, and friends do.
VOTES: Final = frozenset({"answer.found_helpful", "review.found_helpful", "idea.found_good"})
#: The deeds about a post in a thread.
THREADED: Final = ANSWERS

FACTS: Final[Mapping[str, Fact]] = {
    fact.name: fact
    for fact in (
        Fact("topic", "topic", Kind.ROW, ANSWERS | IDEAS | WINS),
        Fact("product", "product", Kind.ROW, EARNING),
        Fact("phase", "phase", Kind.CHOICE, ANSWERS, ("before", "while", "after")),
        Fact("language", "language", Kind.CHOICE, ANSWERS, ("de", "en")),
        Fact("verified_purchase", "verified", Kind.FLAG, REVIEWS),
        Fact("quest", "quest", Kind.ROW, QUESTS),
        Fact("disclosure", "disclosure", Kind.CHOICE, REVIEWS, (NOTHING, "free", "test", "employee")),
    )
}
METRICS: Final = frozenset(rules.METRICS.values())


def moved_by(verb: str) -> str | None:
    """The metric of whom the deed honours that ``verb`` moves by one."""
    return rules.METRICS.get(verb)
