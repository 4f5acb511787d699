"""A rule as a sentence, and what is wrong with one in words: in the language that is active.

Every part is a phrase that stands for itself, so that no part has to agree with its neighbour in any language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from gamification.models.badge import Grade, Metric
from gamification.nodes import (
    ALWAYS,
    All,
    AnyOf,
    FactIs,
    HasBadge,
    LevelIs,
    Limit,
    MemberDaysAre,
    MetricIs,
    Node,
    Not,
    StreakIs,
)
from gamification.parsing import Malformed, parse, parse_limits
from gamification.words import credits_name, reputation_name

if TYPE_CHECKING:
    from gamification.facts import Value
    from gamification.rule_warnings import RuleWarning


class Said(Protocol):
    """Terms of a rule: those of a version, or some that are not written down yet."""

    @property
    def verb(self) -> str: ...
    @property
    def recipient(self) -> str: ...
    @property
    def condition(self) -> Any: ...
    @property
    def limits(self) -> Any: ...
    @property
    def reputation(self) -> int: ...
    @property
    def credits(self) -> int: ...
    @property
    def delay_days(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Deed:
    """How a verb is told: what has to happen, and whom it may reward."""

    when: str | Promise
    beneficiary: str | Promise
    actor: str | Promise


@dataclass(frozen=True, slots=True)
class Names:
    """What the rows that conditions mention are called."""

    rows: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    badges: Mapping[str, str] = field(default_factory=dict)
    streaks: Mapping[str, str] = field(default_factory=dict)


DEEDS: Final[Mapping[str, Deed]] = {
    "answer.accepted": Deed(
        gettext_lazy("When an answer is accepted"),
        gettext_lazy("for the answer's author"),
        gettext_lazy("for who accepted it"),
    ),
    "answer.found_helpful": Deed(
        gettext_lazy("When an answer is found helpful"),
        gettext_lazy("for the answer's author"),
        gettext_lazy("for who found it helpful"),
    ),
    "answer.made_official": Deed(
        gettext_lazy("When an answer is made official"),
        gettext_lazy("for the answer's author"),
        gettext_lazy("for who made it official"),
    ),
    "review.found_helpful": Deed(
        gettext_lazy("When a review is found helpful"),
        gettext_lazy("for the review's author"),
        gettext_lazy("for who found it helpful"),
    ),
    "idea.found_good": Deed(
        gettext_lazy("When an idea is found good"),
        gettext_lazy("for the idea's author"),
        gettext_lazy("for who found it good"),
    ),
    "idea.won": Deed(
        gettext_lazy("When an idea wins a contest"),
        gettext_lazy("for the idea's author"),
        gettext_lazy("for the contest's host"),
    ),
    "quest.completed": Deed(
        gettext_lazy("When a quest is completed"),
        gettext_lazy("for who completed it"),
        gettext_lazy("for who completed it"),
    ),
}
FACTS: Final[Mapping[str, str | Promise]] = {
    "topic": gettext_lazy("topic"),
    "product": gettext_lazy("product"),
    "phase": gettext_lazy("phase"),
    "language": gettext_lazy("language"),
    "verified_purchase": gettext_lazy("verified purchase"),
    "disclosure": gettext_lazy("how the author came to the product"),
    "quest": gettext_lazy("quest"),
}
CHOICES: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "phase": {
        "before": gettext_lazy("Before you buy"),
        "while": gettext_lazy("While ordering"),
        "after": gettext_lazy("After purchase"),
    },
    "language": {"de": gettext_lazy("German"), "en": gettext_lazy("English")},
    "disclosure": {
        "none": gettext_lazy("Bought like everybody else"),
        "free": gettext_lazy("Received free of charge"),
        "test": gettext_lazy("Lent or given for a product test"),
        "employee": gettext_lazy("Works for the brand"),
    },
}


def of(said: Said, names: Names) -> str:
    """The whole rule, as in: When an answer is accepted · for the answer's author · 15 points · once per question."""
    try:
        node, limits = parse(said.condition), parse_limits(said.limits)
    except Malformed as wrong:
        return problem(wrong)
    parts = [*_opening(said.verb, said.recipient)]
    if node != ALWAYS:
        parts.append(_("only if: %(condition)s") % {"condition": condition(node, names)})
    parts.append(pay(said.reputation, said.credits))
    parts += map(limit, limits)
    if days := said.delay_days:
        parts.append(
            ngettext("decided a day later, if it still stands", "decided %(n)d days later, if it still stands", days)
            % {"n": days}
        )
    return " · ".join(parts)


def pay(reputation: int, credits: int) -> str:
    """What is granted, in the brand's words."""
    amounts = [f"{n} {name}" for n, name in ((reputation, reputation_name()), (credits, credits_name())) if n]
    return pgettext("between amounts", " and ").join(amounts) or _("nothing")


def condition(node: Node, names: Names) -> str:
    """The condition in words; groups inside of others stand in brackets."""
    match node:
        case All(parts):
            return pgettext("between conditions", " and ").join(_bracketed(part, names) for part in parts)
        case AnyOf(parts):
            return pgettext("between conditions", " or ").join(_bracketed(part, names) for part in parts)
        case Not(part):
            return _("not (%(condition)s)") % {"condition": condition(part, names)}
        case FactIs():
            return _fact(node, names)
        case HasBadge():
            return _badge(node, names)
        case _:
            return _number(node, names)


def limit(cap: Limit) -> str:
    """A cap, as in: at most 200 points a day."""
    if cap.amount is not None:
        much = _("at most %(n)d %(unit)s") % {
            "n": cap.amount,
            "unit": reputation_name(),
        }
    elif cap.times == 1:
        much = _("once")
    else:
        much = _("at most %(n)d times") % {"n": cap.times or 0}
    period = {
        "day": pgettext("how often", "a day"),
        "week": pgettext("how often", "a week"),
        "month": pgettext("how often", "a month"),
        "ever": "",
    }[cap.period]
    per = {
        "member": "" if cap.period != "ever" else pgettext("how often", "in all"),
        "pair": pgettext("how often", "through the same person"),
        "subject": pgettext("how often", "per post"),
        "thread": pgettext("how often", "per question"),
    }[cap.per]
    return " ".join(word for word in (much, period, per) if word)


def metric(name: str, of: str, days: int | None, *, distinct: bool) -> str:
    """What is counted, as in: helpful votes in 90 days from different people."""
    what = [str(Metric(name).label) if name in Metric.values else name]
    if of == "actor":
        what.append(_("of the person who acts"))
    if days:
        what.append(ngettext("on one day", "in %(n)d days", days) % {"n": days})
    if distinct:
        what.append(_("from different people"))
    return " ".join(what)


def value_name(fact: str, value: Value, names: Names) -> str:
    """What a value of a fact is called."""
    if isinstance(value, bool) or value is None:
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return names.rows.get(fact, {}).get(value, f"#{value}")
    return str(CHOICES[fact][value])


def problem(wrong: Malformed) -> str:
    """What is wrong, and what to do about it."""
    return str(PROBLEMS[wrong.code]) % wrong.values


def warning(odd: RuleWarning) -> str:
    """What is odd about a rule, and what that leads to."""
    return str(WARNINGS[odd.code]) % {"name": odd.name}


WARNINGS: Final[Mapping[str, str | Promise]] = {
    "out_of_reach": gettext_lazy("No deed can meet this condition: the rule would never pay."),
    "always": gettext_lazy("Every deed meets this condition: without it the rule says the same."),
    "pays_nothing": gettext_lazy("This rule pays nothing."),
    "pays_twice": gettext_lazy("The same deed can also earn by the rule “%(name)s”: it would be paid twice."),
    "one_person": gettext_lazy(
        "The rule never looks at who votes: one friend alone can vote somebody up. Add a cap through the same person, "
        "or count different people."
    ),
    "no_cap": gettext_lazy("Nothing limits what one member earns by this rule. Add a cap for each member."),
    "cap_below_pay": gettext_lazy("A cap is smaller than what one deed pays: every grant would be cut."),
    "no_question": gettext_lazy("These deeds belong to no question, so the cap for each question never takes effect."),
}
PROBLEMS: Final[Mapping[str, str | Promise]] = {
    "not_a_node": gettext_lazy("This is no condition. Choose what it is about."),
    "not_a_list": gettext_lazy("Caps are a list."),
    "empty_group": gettext_lazy("This group is empty. Add a condition to it, or remove it."),
    "too_deep": gettext_lazy("Groups may be inside of one another up to %(most)d deep. Take one away."),
    "too_many_nodes": gettext_lazy("A condition has %(most)d parts at most. Split it into two rules."),
    "too_many_values": gettext_lazy("Choose %(most)d values at most."),
    "too_many_limits": gettext_lazy("A rule has %(most)d caps at most."),
    "unknown_verb": gettext_lazy("Choose a deed that may earn."),
    "unknown_fact": gettext_lazy("Nothing is known of that."),
    "unknown_metric": gettext_lazy("That is not counted."),
    "unknown_badge": gettext_lazy("There is no such badge."),
    "unknown_tier": gettext_lazy("A badge is bronze, silver or gold."),
    "unknown_streak": gettext_lazy("There is no such streak."),
    "unknown_comparison": gettext_lazy("Choose how to compare."),
    "unknown_key": gettext_lazy("“%(name)s” does not belong here."),
    "no_such_row": gettext_lazy("One of the values is not there any more. Choose again."),
    "choose_a_value": gettext_lazy("Choose at least one value."),
    "number_between": gettext_lazy("Write a whole number from %(least)d to %(most)d."),
    "times_or_amount": gettext_lazy("Write how many times or how many points, one of the two."),
    "same_limit_twice": gettext_lazy("This cap is there twice. Keep the smaller one."),
    "missing": gettext_lazy("Something is missing here."),
    "inside_nothing": gettext_lazy("The group that this belongs to is not there. Choose another."),
    "inside_itself": gettext_lazy("A group cannot be inside of itself."),
}


def _opening(verb: str, recipient: str) -> tuple[str, ...]:
    deed = DEEDS.get(verb)
    if deed is None:
        return (_("On %(verb)s") % {"verb": verb},)
    return str(deed.when), str(deed.actor if recipient == "actor" else deed.beneficiary)


def _bracketed(node: Node, names: Names) -> str:
    words = condition(node, names)
    return f"({words})" if isinstance(node, All | AnyOf) and len(node.parts) > 1 else words


def _fact(node: FactIs, names: Names) -> str:
    name = str(FACTS[node.fact])
    values = node.value if isinstance(node.value, tuple) else (node.value,)
    several = pgettext("between values", " or ").join(value_name(node.fact, value, names) for value in values)
    if node.op in {"eq", "in"}:
        return f"{name}: {several}"
    return _("%(fact)s: not %(values)s") % {"fact": name, "values": several}


def _badge(node: HasBadge, names: Names) -> str:
    name = names.badges.get(node.slug, node.slug)
    if node.tier is None:
        return _("holds the badge %(badge)s") % {"badge": name}
    return _("holds the badge %(badge)s (%(tier)s)") % {
        "badge": name,
        "tier": Grade.Tier(node.tier).label,
    }


def _number(node: MetricIs | StreakIs | LevelIs | MemberDaysAre, names: Names) -> str:
    bound = _bound(node.op, node.value)
    match node:
        case LevelIs():
            return _("level: %(bound)s") % {"bound": bound}
        case MemberDaysAre():
            return _("days as a member: %(bound)s") % {"bound": bound}
        case StreakIs(slug):
            return _("days of the streak %(streak)s: %(bound)s") % {
                "streak": names.streaks.get(slug, slug),
                "bound": bound,
            }
        case MetricIs(name, of, days, distinct):
            return f"{metric(name, of, days, distinct=distinct)}: {bound}"


def _bound(op: str, value: int) -> str:
    return {
        "eq": _("exactly %(n)d"),
        "ne": _("not %(n)d"),
        "lt": _("less than %(n)d"),
        "le": _("at most %(n)d"),
        "gt": _("more than %(n)d"),
        "ge": _("at least %(n)d"),
    }[op] % {"n": value}
