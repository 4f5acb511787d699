"""What looks like votes by arrangement: patterns in plain data, each with a score that says how it came about.

Nothing here is a verdict. A finding names the deeds that made it, and a person decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise, permutations
from typing import Final, Literal

Pattern = Literal["mutual", "ring", "burst"]
Edge = tuple[int, int]

#: A circle is small: beyond this, people who thank one another are simply a community.
LARGEST_RING: Final = 8
#: How much of what somebody gives must stay inside, in percent, for a pair or circle to stand out.
TO_ITSELF: Final = 50
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gift:
    """A deed that honours somebody else: an answer accepted or found helpful."""

    deed: int
    giver: int
    receiver: int
    at: datetime
    giver_joined: datetime


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how much on it is a pattern; managers set them."""

    mutual: int = 5
    burst: int = 8
    young: timedelta = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Finding:
    """One pattern. ``parts`` are the points of the score by what gave them; ``facts`` the numbers behind."""

    pattern: Pattern
    members: tuple[int, ...]
    deeds: tuple[int, ...]
    parts: Mapping[str, int]
    facts: Mapping[str, int]
    edges: Mapping[Edge, int] = field(default_factory=dict)

    @property
    def score(self) -> int:
        """From 0 to 100."""
        return min(sum(self.parts.values()), 100)


def search(gifts: Sequence[Gift], thresholds: Thresholds) -> list[Finding]:
    """Every pattern in ``gifts``, the gravest first. A deed belongs to one finding: the circle takes the pair's."""
    left = sorted((gift for gift in gifts if gift.giver != gift.receiver), key=lambda gift: gift.deed)
    found: list[Finding] = []
    for patterns in (rings, mutual, bursts):
        new = list(patterns(left, thresholds))
        found += new
        taken = {deed for finding in new for deed in finding.deeds}
        left = [gift for gift in left if gift.deed not in taken]
    return sorted(found, key=lambda finding: (-finding.score, finding.deeds))


# --- back and forth --------------------------------------------------------------------------------------------------


def mutual(gifts: Sequence[Gift], thresholds: Thresholds) -> Iterator[Finding]:
    """Two members who give to one another about as often, and to others hardly."""
    edges, given = _weights(gifts)
    for one, other in sorted(edge for edge in edges if edge[0] < edge[1]):
        forth, back = len(edges[one, other]), len(edges.get((other, one), ()))
        if min(forth, back) < thresholds.mutual:
            continue
        share = 100 * (forth + back) // (given[one] + given[other])
        if share < TO_ITSELF:
            continue
        inner = [*edges[one, other], *edges[other, one]]
        swift = _answered_within_a_day(inner)
        parts = {
            "number": min(30 * min(forth, back) // (2 * thresholds.mutual), 30),
            "balance": 20 * min(forth, back) // max(forth, back),
            "closed": 30 * share // 100,
            "swift": 20 * swift // len(inner),
        }
        facts = {"forth": forth, "back": back, "share": share, "swift": swift}
        yield _finding("mutual", (one, other), inner, parts, facts)


def _answered_within_a_day(gifts: Sequence[Gift]) -> int:
    """How many gifts follow one in the other direction within a day."""
    ordered = sorted(gifts, key=lambda gift: (gift.at, gift.deed))
    return sum(now.giver != before.giver and now.at - before.at <= DAY for before, now in pairwise(ordered))


# --- circles ---------------------------------------------------------------------------------------------------------


def rings(gifts: Sequence[Gift], thresholds: Thresholds) -> Iterator[Finding]:
    """Small groups in which what is given goes round, dense and closed to others."""
    edges, given = _weights(gifts)
    least = max(2, (thresholds.mutual + 1) // 2)
    # A strong tie: often enough, and a good part of what the giver gives at all. Else everybody is tied to everybody.
    strong = {edge for edge, own in edges.items() if len(own) >= least and 100 * len(own) >= 12 * given[edge[0]]}
    for group in components(strong):
        if not 3 <= len(group) <= LARGEST_RING:
            continue
        inside = [edge for edge in permutations(sorted(group), 2) if edge in edges]
        inner = [gift for edge in inside for gift in edges[edge]]
        share = 100 * len(inner) // sum(given[member] for member in group)
        density = 100 * len(inside) // (len(group) * (len(group) - 1))
        others = _share_of_others(group, edges, given)
        # Whom everybody thanks may thank one another as well: that is a core, not a circle.
        if share < max(TO_ITSELF, 2 * others) or density < 50:
            continue
        parts = {
            "number": min(30 * len(inner) // (2 * thresholds.mutual * len(group)), 30),
            "dense": 30 * density // 100,
            "closed": 40 * share // 100,
        }
        facts = {"people": len(group), "gifts": len(inner), "share": share, "density": density, "others": others}
        yield _finding("ring", tuple(sorted(group)), inner, parts, facts)


def _share_of_others(group: set[int], edges: Mapping[Edge, Sequence[Gift]], given: Counter[int]) -> int:
    """How much of what everybody else gives goes to the group, in percent."""
    all_given = sum(n for giver, n in given.items() if giver not in group)
    to_group = sum(len(own) for (giver, receiver), own in edges.items() if giver not in group and receiver in group)
    return 100 * to_group // all_given if all_given else 0


def components(edges: Iterable[Edge]) -> list[set[int]]:
    """The strongly connected components of a directed graph, without recursion (Tarjan 1972)."""
    ahead: dict[int, list[int]] = defaultdict(list)
    for tail, head in sorted(edges):
        ahead[tail].append(head)
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[set[int]] = []
    for root in sorted(ahead):
        if root in number:
            continue
        number[root] = low[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        path = [(root, iter(ahead[root]))]
        while path:
            node, heads = path[-1]
            fresh = next((head for head in heads if _seen(node, head, number, low, on_stack)), None)
            if fresh is not None:
                number[fresh] = low[fresh] = len(number)
                stack.append(fresh)
                on_stack.add(fresh)
                path.append((fresh, iter(ahead.get(fresh, ()))))
                continue
            path.pop()
            if path:
                low[path[-1][0]] = min(low[path[-1][0]], low[node])
            if low[node] == number[node]:
                found.append(_cut(node, stack, on_stack))
    return found


def _seen(node: int, head: int, number: Mapping[int, int], low: dict[int, int], on_stack: set[int]) -> bool:
    """Whether ``head`` is to be visited; one that is on the way already only lowers ``node``."""
    if head not in number:
        return True
    if head in on_stack:
        low[node] = min(low[node], number[head])
    return False


def _cut(node: int, stack: list[int], on_stack: set[int]) -> set[int]:
    group = set()
    while node not in group:
        group.add(stack.pop())
    on_stack -= group
    return group


# --- bursts ----------------------------------------------------------------------------------------------------------


def bursts(gifts: Sequence[Gift], thresholds: Thresholds) -> Iterator[Finding]:
    """Many young accounts that honour one member within a day."""
    to: dict[int, list[Gift]] = defaultdict(list)
    receivers: dict[int, set[int]] = defaultdict(set)
    for gift in gifts:
        to[gift.receiver].append(gift)
        receivers[gift.giver].add(gift.receiver)
    for receiver, got in sorted(to.items()):
        got.sort(key=lambda gift: (gift.at, gift.deed))
        young = [gift for gift in got if gift.at - gift.giver_joined < thresholds.young]
        crowd = _densest_day(young)
        givers = {gift.giver for gift in crowd}
        if len(givers) < thresholds.burst:
            continue
        that_day = [gift for gift in got if crowd[0].at <= gift.at <= crowd[-1].at]
        share = 100 * len(crowd) // len(that_day)
        if share < TO_ITSELF:
            continue
        nothing_else = sum(len(receivers[giver]) == 1 for giver in givers)
        parts = {
            "number": min(40 * len(givers) // (2 * thresholds.burst), 40),
            "young": 30 * share // 100,
            "single": 30 * nothing_else // len(givers),
        }
        hours = int((crowd[-1].at - crowd[0].at).total_seconds() // 3600) + 1
        facts = {"accounts": len(givers), "gifts": len(crowd), "hours": hours, "share": share, "single": nothing_else}
        yield _finding("burst", (receiver, *sorted(givers)), crowd, parts, facts)


def _densest_day(gifts: Sequence[Gift]) -> list[Gift]:
    """The most gifts, in order, that lie within 24 hours; the earliest of equals."""
    best: list[Gift] = []
    window: deque[Gift] = deque()
    for gift in gifts:
        window.append(gift)
        while gift.at - window[0].at > DAY:
            window.popleft()
        if len(window) > len(best):
            best = list(window)
    return best


# --- what they share -------------------------------------------------------------------------------------------------


def _weights(gifts: Iterable[Gift]) -> tuple[dict[Edge, list[Gift]], Counter[int]]:
    """What each gave to each, and how often each gave at all."""
    edges: dict[Edge, list[Gift]] = {}
    given: Counter[int] = Counter()
    for gift in gifts:
        edges.setdefault((gift.giver, gift.receiver), []).append(gift)
        given[gift.giver] += 1
    return edges, given


def _finding(
    pattern: Pattern, members: tuple[int, ...], gifts: Sequence[Gift], parts: Mapping[str, int],
    facts: Mapping[str, int],
) -> Finding:  # fmt: skip
    deeds = tuple(sorted(gift.deed for gift in gifts))
    return Finding(pattern, members, deeds, parts, facts, dict(Counter((g.giver, g.receiver) for g in gifts)))
