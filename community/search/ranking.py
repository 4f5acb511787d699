"""How near two words are and how well a title fits a query. Pure arithmetic, the same for every database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from math import log2

from community.search.analysis import Word

#: Shortest part of a compound that counts: "rad" would be found in far too many words.
SHORTEST_PART = 4
#: Below this share of equal letters in the same order two words are different ones, not one with a slip.
ALIKE = 0.8
#: A word of the body says less about a thread than one of its title.
BODY = 0.35
#: And a word of an answer says less than one of the question.
ANSWER = 0.25
#: Words are counted up to here; beyond it they all say equally little.
COMMON = 1000
#: From here on a word is known as it was typed, or but for an ending or a slip; then its halves say little beside it.
CERTAIN = 0.78
PART = 0.3
#: From here on another word is taken for the one that was meant.
SLIPPED = 0.72
#: What a thread must reach to be called similar.
SIMILAR = 0.3
#: What it must reach to be worth reading next.
RELATED = 0.12
#: More than this share of a search must be found, by the weight of its words, where not all of it is.
ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the query with the indexed words that may stand for it, the nearest first, and how much it says."""

    near: Mapping[str, float]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """Words that stand for one term about equally well: its number in the query, and how well the best of them does."""

    term: int
    worth: float
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thread that shares a word with the query."""

    thread: int
    title: Collection[str]
    body: Collection[str]
    answers: Collection[str] = frozenset()


def trigrams(word: str) -> list[str]:
    """Return the runs of three letters, with the blanks around the word that PostgreSQL's pg_trgm also counts."""
    padded = f"  {word} "
    return list(dict.fromkeys(padded[i : i + 3] for i in range(len(padded) - 2)))


def parts(word: str) -> list[str]:
    """Return what ``word`` may be compounded of: its beginnings and its ends."""
    cuts = range(SHORTEST_PART, len(word))
    return [word[:cut] for cut in cuts] + [word[-cut:] for cut in cuts]


def nearness(word: Word, indexed: str) -> float:
    """Return how surely ``indexed`` means ``word``: 1 the same, 0 something else."""
    best = max(_between(stem, indexed) for stem in word.stems)
    if len(word.beginning) > 1 and indexed.startswith(word.beginning):
        return max(best, 0.9)
    return best


def terms(
    words: Sequence[Word], related: Mapping[str, Iterable[str]], *, most: int = 12, part: float = 1
) -> list[Term]:
    """Join the words with what the index found near their stems; each stands for itself in any case.

    ``part`` is what the halves of a compound are worth beside a compound that is known as a whole.
    """
    found = []
    for word in words:
        texts = {text for key in (*word.stems, word.beginning) for text in related.get(key, ())}
        near = {text: value for text in texts.union(word.stems) if (value := nearness(word, text)) > 0}
        if any(value >= CERTAIN for text, value in near.items() if text in texts):
            near = {text: value * (part if _is_part(text, word) else 1) for text, value in near.items()}
        found.append(Term(_best(near, most)))
    return found


def slip(term: Term, word: Word) -> tuple[str, float] | None:
    """Return the known word that ``word`` is a slip of, and how surely; nothing where it is right or unknown."""
    others = [(text, value) for text, value in term.near.items() if text not in word.stems]
    if not others or not _may_slip(word.stems[0]):
        return None
    text, value = others[0]
    apart = not any(stem.startswith(text) or stem.endswith(text) or text.startswith(stem) for stem in word.stems)
    return (text, value) if apart and value >= SLIPPED else None


def widened(term: Term, correct: tuple[str, float], related: Iterable[str], *, most: int = 12) -> Term:
    """Let ``term`` also stand for what is near to the word that it is a slip of: its compounds above all."""
    text, value = correct
    near = {known: value * nearness(Word((text,)), known) for known in related}
    return Term(_best({**near, **term.near}, most))


def _best(near: Mapping[str, float], most: int) -> dict[str, float]:
    return dict(sorted(((t, v) for t, v in near.items() if v > 0), key=lambda item: (-item[1], item[0]))[:most])


def _is_part(text: str, word: Word) -> bool:
    return all(len(stem) - len(text) > 2 and (stem.startswith(text) or stem.endswith(text)) for stem in word.stems)


def rarity(titles: int) -> float:
    """Return how much a word says that is found in so many titles; one in none may still stand in a body."""
    return 1 / log2(2 + (titles or COMMON))


def importance(titles: int) -> float:
    """Return how much a word of a search says that is found in so many titles; one in none as one in a single one."""
    return 1 / log2(2 + max(titles, 1))


def groups(query: Sequence[Term]) -> list[Group]:
    """Return the words of each term in two groups at most: those that surely mean it, and the others."""
    found = []
    for number, term in enumerate(query):
        sure = [text for text, value in term.near.items() if value >= CERTAIN]
        unsure = [text for text, value in term.near.items() if value < CERTAIN]
        found += [Group(number, max(term.near[text] for text in texts), texts) for texts in (sure, unsure) if texts]
    return found


def gathered(query: Sequence[Term], asked: Sequence[Group], found: Sequence[Iterable[int]]) -> list[dict[int, float]]:
    """Return for each term the threads that were ``found`` for its groups, with what their words are worth."""
    titles: list[dict[int, float]] = [{} for _term in query]
    for group, threads in zip(asked, found, strict=True):
        known = titles[group.term]
        for thread in threads:
            known.setdefault(thread, group.worth)
    return titles


def leading(query: Sequence[Term], titles: Sequence[Mapping[int, float]], most: int) -> list[int]:
    """Return the threads whose titles say most of the query, rare words first; among equals the newest."""
    said: dict[int, float] = {}
    for term, threads in zip(query, titles, strict=True):
        for thread, worth in threads.items():
            said[thread] = said.get(thread, 0.0) + term.weight * worth
    return nlargest(most, said, key=lambda thread: (said[thread], thread))


def score(candidate: Candidate, query: Sequence[Term]) -> float:
    """Return how much of the query the thread covers, 0 to 1; fuller agreement of the titles wins among equals."""
    covered = sum(term.weight * _strength(term, candidate) for term in query) / sum(term.weight for term in query)
    known = {text for term in query for text in term.near}
    agreement = sum(word in known for word in candidate.title) / (len(candidate.title) or 1)
    return 0.9 * covered + 0.1 * agreement * covered


def coverage(candidate: Candidate, query: Sequence[Term]) -> float:
    """Return the share of the query, by the weight of its words, that stands anywhere in the thread."""
    places = (candidate.title, candidate.body, candidate.answers)
    found = sum(term.weight * max(_nearest(term, words) for words in places) for term in query)
    return found / sum(term.weight for term in query)


def says_all(candidate: Candidate, query: Sequence[Term]) -> bool:
    """Whether every word of the query stands somewhere in the thread, in some form."""
    places = (candidate.title, candidate.body, candidate.answers)
    return all(any(_nearest(term, words) for words in places) for term in query)


def _strength(term: Term, candidate: Candidate) -> float:
    in_title = _nearest(term, candidate.title)
    if in_title > BODY:
        return in_title
    return max(in_title, BODY * _nearest(term, candidate.body), ANSWER * _nearest(term, candidate.answers))


def _nearest(term: Term, words: Collection[str]) -> float:
    return next((value for text, value in term.near.items() if text in words), 0.0)


def _between(stem: str, indexed: str) -> float:
    if stem == indexed:
        return 1.0
    shorter, longer = sorted((stem, indexed), key=len)
    if len(shorter) >= SHORTEST_PART:
        if longer.startswith(shorter):
            # An ending that the stemmer missed, or the first half of a compound.
            return 0.85 if len(longer) - len(shorter) < 3 else 0.6
        if longer.endswith(shorter):
            return 0.7
    if not _may_slip(shorter):
        return 0.0
    alike = SequenceMatcher(None, stem, indexed, autojunk=False).ratio()
    return 0.9 * alike if alike >= ALIKE else 0.0


def _may_slip(word: str) -> bool:
    """Numbers and short words mean what they say: "S1" is no "S2"."""
    return len(word) >= SHORTEST_PART and not any(letter.isdigit() for letter in word)
