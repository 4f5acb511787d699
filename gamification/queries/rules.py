"""The rules as members and managers read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.contrib.auth.models import Permission
from django.db.models import Model, Q, QuerySet

from community.models import Member, Product, Topic
from gamification import rule_warnings, sentences
from gamification.facts import QUESTS
from gamification.models import Badge, Quest, Rule, RuleVersion, Streak
from gamification.nodes import All, AnyOf, FactIs, HasBadge, Node, Not, StreakIs
from gamification.parsing import Known, Malformed, parse, parse_limits
from gamification.rule_warnings import Offer
from gamification.sentences import Names, Said

#: The rows that a condition may mention.
ROWS: Final[Mapping[str, type[Model]]] = {
    "topic": Topic,
    "product": Product,
    "quest": Quest,
    "badge": Badge,
    "streak": Streak,
}
APPROVE = "gamification.approve_ruleversion"


def in_force() -> QuerySet[RuleVersion]:
    """The active versions, what earns most first."""
    active = RuleVersion.objects.filter(state=RuleVersion.State.ACTIVE)
    return active.select_related("rule").order_by("-reputation", "rule__slug")


def told() -> list[tuple[RuleVersion, str]]:
    """What is in force, each with its sentence. Quests have a page of their own."""
    versions = list(in_force().exclude(verb__in=QUESTS))
    found = names_in(versions)
    return [(version, sentences.of(version, found)) for version in versions]


def names() -> Names:
    """What everything is called that a condition may mention."""
    return _names(None)


def names_in(versions: Iterable[Said], found: Iterable[tuple[str, int]] = ()) -> Names:
    """What conditions of ``versions`` mention and ``found``, as (fact, row); nothing else costs a query."""
    mentioned: dict[str, set[int | str]] = {kind: set() for kind in ROWS}
    for version in versions:
        for leaf in _leaves(version.condition):
            match leaf:
                case FactIs(fact, _op, value) if fact in mentioned:
                    values = value if isinstance(value, tuple) else (value,)
                    mentioned[fact] |= {one for one in values if one is not None}
                case HasBadge(slug):
                    mentioned["badge"].add(slug)
                case StreakIs(slug):
                    mentioned["streak"].add(slug)
    for fact, row in found:
        mentioned[fact].add(row)
    return _names(mentioned)


def known() -> Known:
    """What a condition may mention."""
    found = names()
    return Known(rows=found.rows, badges=found.badges, streaks=found.streaks)


def warnings(rule: Rule, said: Said) -> list[str]:
    """What is odd about terms of ``rule``, beside the other active rules, in the language that is active."""
    others = RuleVersion.objects.filter(state=RuleVersion.State.ACTIVE, verb=said.verb).exclude(rule=rule)
    active = [_offer(version.rule.name, version) for version in others.select_related("rule").order_by("rule__slug")]
    return [sentences.warning(odd) for odd in rule_warnings.warnings(_offer(rule.name, said), active)]


def approvers() -> QuerySet[Member]:
    """Everybody who may approve a version of a rule."""
    app, _dot, codename = APPROVE.partition(".")
    permission = Permission.objects.filter(content_type__app_label=app, codename=codename)
    granted = Q(is_superuser=True) | Q(groups__permissions__in=permission) | Q(user_permissions__in=permission)
    return Member.objects.filter(granted, is_active=True, is_staff=True).distinct().order_by("pk")


def _offer(name: str, said: Said) -> Offer:
    return Offer(
        name=name,
        verb=said.verb,
        recipient=said.recipient,
        node=parse(said.condition),
        limits=parse_limits(said.limits),
        reputation=said.reputation,
        credits=said.credits,
    )


def _names(mentioned: dict[str, set[int | str]] | None) -> Names:
    def rows(kind: str, key: str) -> dict[Any, str]:
        if mentioned is not None and not mentioned[kind]:
            return {}
        wanted = {} if mentioned is None else {f"{key}__in": mentioned[kind]}
        return {getattr(row, key): str(row) for row in ROWS[kind]._default_manager.filter(**wanted)}

    return Names(
        rows={kind: rows(kind, "pk") for kind in ("topic", "product", "quest")},
        badges=rows("badge", "slug"),
        streaks=rows("streak", "slug"),
    )


def _leaves(condition: object) -> Iterator[Node]:
    """The comparisons of a stored condition; none of one that cannot be read."""
    try:
        waiting = [parse(condition)]
    except Malformed:
        return
    while waiting:
        match waiting.pop():
            case All(parts) | AnyOf(parts):
                waiting += parts
            case Not(part):
                waiting.append(part)
            case leaf:
                yield leaf
