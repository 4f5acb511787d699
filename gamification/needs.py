"""What a condition asks for, so that a batch reads that and nothing else. No Django, no database."""

from __future__ import annotations

from dataclasses import dataclass

from gamification.nodes import All, AnyOf, HasBadge, LevelIs, MemberDaysAre, MetricIs, Node, Not, StreakIs


@dataclass(frozen=True, slots=True)
class Needs:
    """The windows of metrics, counted by deeds or by people, and yes or no for the rest."""

    windows: frozenset[tuple[str, int]] = frozenset()
    people: frozenset[tuple[str, int | None]] = frozenset()
    counters: bool = False
    levels: bool = False
    joined: bool = False
    badges: bool = False
    streaks: bool = False

    def __or__(self, other: Needs) -> Needs:
        """What either asks for."""
        return Needs(
            self.windows | other.windows,
            self.people | other.people,
            self.counters or other.counters,
            self.levels or other.levels,
            self.joined or other.joined,
            self.badges or other.badges,
            self.streaks or other.streaks,
        )


def needs_of(node: Node) -> Needs:
    """What ``node`` and its parts ask for."""
    if isinstance(node, All | AnyOf):
        found = Needs()
        for part in node.parts:
            found |= needs_of(part)
        return found
    if isinstance(node, Not):
        return needs_of(node.part)
    return _of_metric(node) if isinstance(node, MetricIs) else _of_leaf(node)


def _of_metric(node: MetricIs) -> Needs:
    if node.distinct:
        return Needs(people=frozenset({(node.metric, node.days)}))
    if node.days is None:
        return Needs(counters=True)
    return Needs(windows=frozenset({(node.metric, node.days)}))


def _of_leaf(node: Node) -> Needs:
    return Needs(
        levels=isinstance(node, LevelIs),
        joined=isinstance(node, MemberDaysAre),
        badges=isinstance(node, HasBadge),
        streaks=isinstance(node, StreakIs),
    )
