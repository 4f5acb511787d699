"""Why a rule decided as it did, in words: in the language that is active."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gamification import sentences
from gamification.models.badge import Grade
from gamification.nodes import ALWAYS, Limit
from gamification.parsing import Malformed, parse
from gamification.sentences import Names
from gamification.words import reputation_name

if TYPE_CHECKING:
    from gamification.models import Decision, Entry

REASONS: Final[Mapping[str, str | Promise]] = {
    "self": gettext_lazy("What you do for yourself does not count."),
    "unverified": gettext_lazy("It came from an account whose address is not verified, so it does not count."),
    "newcomer": gettext_lazy("It came from an account that is too new to count."),
    "undone": gettext_lazy("It was taken back before it was decided."),
    "condition": gettext_lazy("What the rule asks for was not given."),
}


def reason(entry: Entry) -> str:
    """What an entry is for: the rule's reason, or the reward that was bought or given back."""
    if entry.rule_version:
        return entry.rule_version.rule.reason
    bought = getattr(entry, "redemption", None) or getattr(entry.reverses, "redemption", None)
    return _("For “%(reward)s”") % {"reward": bought.reward.name} if bought else str(entry.get_kind_display())


def told(decision: Decision, names: Names) -> list[str]:
    """What decided, one sentence for each: the reason first, then what the rule asks for and what was found."""
    facts = decision.facts
    return [*_reason(decision, facts), *_condition(decision, facts, names)]


def _reason(decision: Decision, facts: Mapping[str, Any]) -> list[str]:
    said: list[str] = []
    if because := REASONS.get(facts.get("because", "")):
        said.append(str(because))
    if decision.outcome == decision.Outcome.HELD:
        final = facts.get("final")
        said.append(
            _("A person looked at it and decided that it does not count.")
            if final
            else _("It is held back until a person has looked at it.")
        )
    if decision.outcome == decision.Outcome.WAITING and (until := facts.get("until")):
        day = date_format(date.fromisoformat(until), "DATE_FORMAT")
        said.append(_("It is decided on %(day)s, if the deed still stands by then.") % {"day": day})
    if decision.outcome == decision.Outcome.CAPPED and (limit := facts.get("limit")):
        said.append(_("A cap was reached: %(cap)s.") % {"cap": sentences.limit(Limit(**limit))})
        if given := facts.get("given"):
            said.append(_("What was left of it was booked: %(n)d %(unit)s.") % {"n": given, "unit": reputation_name()})
    return said


def _condition(decision: Decision, facts: Mapping[str, Any], names: Names) -> list[str]:
    if "found" not in facts:
        return []
    try:
        node = parse(decision.rule_version.condition)
    except Malformed:
        return []
    asked = [] if node == ALWAYS else [_("Asked for: %(what)s.") % {"what": sentences.condition(node, names)}]
    found = [_("Found: %(what)s.") % {"what": _found(entry, names)} for entry in facts["found"]]
    return [*asked, *dict.fromkeys(found)]


def _found(entry: Sequence[Any], names: Names) -> str:
    """One thing that the condition looked up, with its value at that moment."""
    match entry:
        case ["fact", name, value]:
            shown = _("not known") if value is None else sentences.value_name(name, value, names)
            return f"{sentences.FACTS[name]}: {shown}"
        case ["metric", name, of, days, distinct, value]:
            return f"{sentences.metric(name, of, days, distinct=distinct)}: {value}"
        case ["badge", slug, tier, held]:
            badge = names.badges.get(slug, slug) + (f" ({Grade.Tier(tier).label})" if tier else "")
            words = _("the badge %(badge)s is held") if held else _("the badge %(badge)s is not held")
            return words % {"badge": badge}
        case _:
            return _standing(entry, names)


def _standing(entry: Sequence[Any], names: Names) -> str:
    match entry:
        case ["streak", slug, value]:
            return _("days of the streak %(streak)s: %(n)d") % {"streak": names.streaks.get(slug, slug), "n": value}
        case ["level", value]:
            return _("level %(n)d") % {"n": value}
        case ["member_days", value]:
            return ngettext("a member for a day", "a member for %(n)d days", value) % {"n": value}
    return str(entry)
