"""Questions of forms that managers build, and what answers to them mean. Pure.

An answer is kept as JSON under the question's number: words, the places of the chosen options (so that it reads in
every language), a number, yes or no.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

TEXT, LONG, CHOICE, CHOICES, NUMBER, YES_NO = "text", "long", "choice", "choices", "number", "yes_no"
#: A sentence that one agrees to; there is no other answer.
CONFIRM = "confirm"
KINDS = (TEXT, LONG, CHOICE, CHOICES, NUMBER, YES_NO, CONFIRM)
#: These have options to choose from, written one a line.
WITH_OPTIONS = frozenset({CHOICE, CHOICES})
IN_WORDS = frozenset({TEXT, LONG})
#: What may be said where yes is an answer.
SAID_YES: Mapping[str, tuple[bool, ...]] = {YES_NO: (True, False), CONFIRM: (True,)}
LONGEST: Mapping[str, int] = {TEXT: 200, LONG: 4_000}
LARGEST = 1_000_000

Answer = str | int | float | bool | list[int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as far as its answers care; ``name`` is the key under which they are kept."""

    name: str
    kind: str
    options: tuple[str, ...] = ()
    required: bool = True


def said(answer: object) -> bool:
    """Whether this answers anything: nothing, empty words and no choice do not; "no" and zero do."""
    return answer is not None and answer not in ("", [])


def fits(question: Asked, answer: object) -> bool:
    """Whether ``answer`` is one to ``question``, whoever sent it; no answer always is."""
    if not said(answer):
        return True
    if question.kind in SAID_YES or isinstance(answer, bool):
        return isinstance(answer, bool) and answer in SAID_YES.get(question.kind, ())
    if question.kind in IN_WORDS:
        return isinstance(answer, str) and len(answer) <= LONGEST[question.kind]
    if question.kind == NUMBER:
        return isinstance(answer, int | float) and abs(answer) <= LARGEST
    places = range(len(question.options))
    if question.kind == CHOICE:
        return isinstance(answer, int) and answer in places
    return isinstance(answer, list) and _each_once(answer, places)


def _each_once(chosen: list[object], places: Sequence[int]) -> bool:
    numbers = [place for place in chosen if isinstance(place, int) and not isinstance(place, bool)]
    return len(numbers) == len(chosen) == len(set(numbers)) and all(place in places for place in numbers)


def wrong(questions: Iterable[Asked], answers: Mapping[str, object]) -> list[str]:
    """The names under which something stands that is no answer, or that nobody asked for."""
    asked = {question.name: question for question in questions}
    return sorted(name for name, given in answers.items() if name not in asked or not fits(asked[name], given))


def missing(questions: Iterable[Asked], answers: Mapping[str, object]) -> list[str]:
    """The names of questions that have to be answered and are not, in the order in which they are asked."""
    return [question.name for question in questions if question.required and not said(answers.get(question.name))]


def answered(questions: Iterable[Asked], answers: Mapping[str, object]) -> int:
    """How many of the questions have an answer."""
    return sum(said(answers.get(question.name)) for question in questions)


@dataclass(frozen=True, slots=True)
class Summary:
    """What many people said to one question.

    ``counts`` stands beside the options (or yes and no, in this order), ``words`` holds what was written, and ``mean``
    with ``low`` and ``high`` says what the numbers were.
    """

    question: Asked
    count: int
    counts: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()

    @property
    def mean(self) -> float | None:
        """The mean of the numbers."""
        return fmean(self.numbers) if self.numbers else None

    @property
    def low(self) -> float | None:
        """The smallest number."""
        return min(self.numbers, default=None)

    @property
    def high(self) -> float | None:
        """The largest number."""
        return max(self.numbers, default=None)


def summary(question: Asked, answers: Iterable[Mapping[str, object]]) -> Summary:
    """Sum up what was said to ``question``; what does not fit it any more is left out."""
    found = [one.get(question.name) for one in answers]
    given = [one for one in found if said(one) and fits(question, one)]
    if question.kind in IN_WORDS:
        return Summary(question, len(given), words=tuple(str(one) for one in given))
    if question.kind == NUMBER:
        return Summary(question, len(given), numbers=tuple(one for one in given if isinstance(one, int | float)))
    if question.kind in {YES_NO, CONFIRM}:
        return Summary(question, len(given), counts=(given.count(True), given.count(False)))
    chosen = Counter(place for one in given for place in (one if isinstance(one, list) else [one]))
    return Summary(question, len(given), counts=tuple(chosen[place] for place in range(len(question.options))))
