"""Words: what the brand calls its currencies, and a stored text in every language of the site."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext, ngettext

from community.services import brands


def reputation_name() -> str:
    """What the brand calls reputation."""
    return brands.current().reputation_name or gettext("points")


def credits_name() -> str:
    """What the brand calls credits."""
    return brands.current().credits_name or gettext("credits")


def in_all_languages(row: Model, name: str) -> dict[str, str]:
    """The translated field ``name`` of ``row`` as ``name_de``, ``name_en``; where one is missing, the other."""
    return {
        f"{name}_{code}": getattr(row, f"{name}_{code}") or getattr(row, name) for code, _label in settings.LANGUAGES
    }


def more(metric: str, number: int) -> str:
    """What is left of a metric to move, as in "2 more accepted answers"."""
    told = {
        "accepted_answers": ngettext("%(n)d more accepted answer", "%(n)d more accepted answers", number),
        "helpful_votes": ngettext("%(n)d more vote for an answer", "%(n)d more votes for answers", number),
        "helpful_reviews": ngettext("%(n)d more vote for a review", "%(n)d more votes for reviews", number),
        "good_ideas": ngettext("%(n)d more vote for an idea", "%(n)d more votes for ideas", number),
        "same_questions": ngettext(
            "%(n)d more person with the same question", "%(n)d more people with the same question", number
        ),
    }
    return told[metric] % {"n": number}


def how_often(metric: str, number: int) -> str:
    """How often a metric has to move, as in "10 accepted answers"."""
    told = {
        "accepted_answers": ngettext("%(n)d accepted answer", "%(n)d accepted answers", number),
        "helpful_votes": ngettext("%(n)d vote for an answer", "%(n)d votes for answers", number),
        "helpful_reviews": ngettext("%(n)d vote for a review", "%(n)d votes for reviews", number),
        "good_ideas": ngettext("%(n)d vote for an idea", "%(n)d votes for ideas", number),
        "same_questions": ngettext(
            "%(n)d person with the same question", "%(n)d people with the same question", number
        ),
    }
    return told[metric] % {"n": number}
