"""Words for what campaigns ask for and for the terms of a score."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ambassadors import machines
from ambassadors.models import Application, Criterion
from ambassadors.scoring import Term
from ambassadors.services import pipeline

register = template.Library()

Metric = Criterion.Metric
TONES = {
    Application.State.REJECTED: "neutral",
    Application.State.WITHDRAWN: "neutral",
    Application.State.ACTIVE: "positive",
    Application.State.ACCEPTED: "positive",
    Application.State.OFFERED: "positive",
}


@register.filter
def wanted(term: Term) -> str:
    """What a criterion asks for, as in "10 accepted answers"."""
    return _amount(term.wanted.name, term.wanted.needed, asked=True)


@register.filter
def owned(term: Term) -> str:
    """What the reader has of it."""
    if term.wanted.name == Metric.CLEAR:
        return _("All clear") if term.value else _("A decision about your posts is still in force")
    return _("You have %(amount)s") % {"amount": _amount(term.wanted.name, term.value)}


@register.filter
def counted(term: Mapping[str, object]) -> str:
    """What a stored term counted, as in "17 accepted answers"."""
    return _amount(str(term["name"]), int(str(term["value"])))


@register.filter
def rule(term: Mapping[str, object]) -> str:
    """How a stored term comes to its points."""
    if term["name"] == Metric.CLEAR:
        return _("%(weight)s points while no measure is in force") % {"weight": term["weight"]}
    amount = _amount(str(term["name"]), int(str(term["full_at"])))
    return _("%(weight)s points from %(amount)s on, in proportion below") % {"weight": term["weight"], "amount": amount}


@register.filter
def tone(state: str) -> str:
    """The colour of a state."""
    return TONES.get(Application.State(state), "fjord")


@register.filter
def state_name(state: str) -> str:
    """A state in words."""
    return str(Application.State(state).label)


@register.filter
def ways(application: Application) -> list[str]:
    """Where the brand may move an application from here."""
    after = machines.APPLICATION.moves[application.state] & pipeline.BY_BRAND
    return [state.value for state in Application.State if state in after]


@register.filter
def sign(term: Mapping[str, object]) -> str:
    """What the radar counted, in words."""
    number = int(str(term["value"]))
    told = {
        "nominations": ngettext("named by %(n)d member", "named by %(n)d members", number),
        "topic": ngettext("%(n)d accepted answer in one topic", "%(n)d accepted answers in one topic", number),
        "ideas": ngettext("%(n)d idea that was taken up", "%(n)d ideas that were taken up", number),
        "early": ngettext(
            "one of the first owners of %(n)d product", "one of the first owners of %(n)d products", number
        ),
        "reviews": ngettext("%(n)d helpful vote for reviews", "%(n)d helpful votes for reviews", number),
    }
    return told[str(term["name"])] % {"n": number}


@register.filter
def evidence(about: Mapping[str, object]) -> str:
    """One piece of what a sign is made of."""
    text = about.get(f"text_{get_language()}") or about.get("text") or about.get("text_en") or about.get("text_de")
    return f"{text} ({about['n']})" if "n" in about else str(text)


def _amount(metric: str, number: int, *, asked: bool = False) -> str:
    told = {
        Metric.ACCEPTED: ngettext("%(n)d accepted answer", "%(n)d accepted answers", number),
        Metric.HELPFUL: ngettext("%(n)d helpful vote", "%(n)d helpful votes", number),
        Metric.OWNED: ngettext("%(n)d month as an owner", "%(n)d months as an owner", number),
        Metric.JOINED: ngettext("%(n)d month in the community", "%(n)d months in the community", number),
        Metric.REVIEWS: ngettext("%(n)d review", "%(n)d reviews", number),
        Metric.IDEAS: ngettext("%(n)d idea that was taken up", "%(n)d ideas that were taken up", number),
        Metric.CLEAR: _("No measure in force") if number or asked else _("A measure in force"),
    }
    return told[Metric(metric)] % {"n": number}
