"""A public value in a draw: named at the opening, known to nobody when the list is closed, mixed into the seed.

Who runs the server could otherwise try applicants' numbers with the sealed seed before they are stored (ADR 10).
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambassadors import lottery
from ambassadors.models import Draw, ProductTest
from community.refusals import Refusal
from gamification.queries.days import site_day
from gamification.words import in_all_languages


class HalfNamed(Refusal):
    """Words without a time, or a time without words."""

    code = "chance_half_named"
    message = _("Say what the public value is and from when it is known, on the day of the selection at the latest.")
    field = "chance_at"
    status = 422


class KnownAlready(Refusal):
    """The list was not closed in time."""

    code = "chance_known_already"
    message = _(
        "The public value is known already, so a list that is closed now would prove nothing. Cancel this test and "
        "open it anew with another value."
    )


class NotKnownYet(Refusal):
    """Nobody can know it yet."""

    code = "chance_not_known_yet"
    message = _("The public value is not known yet. The draw waits for it.")
    field = "value"


class NoNumbers(Refusal):
    """Something else was typed."""

    code = "chance_no_numbers"
    message = _("Write the numbers as they were published, with blanks or commas between them.")
    field = "value"
    status = 422


def check(test: ProductTest) -> None:
    """Refuse to open ``test`` where its public value is half named. Raises ``HalfNamed``."""
    named = any(in_all_languages(test, "chance").values())
    if named != (test.chance_at is not None):
        raise HalfNamed
    if test.chance_at is not None and site_day(test.chance_at) > test.select_on:
        raise HalfNamed


def check_list(draw: Draw, at: datetime) -> None:
    """Refuse to close the list once the value is known. Raises ``KnownAlready``."""
    if draw.chance_at is not None and at >= draw.chance_at:
        raise KnownAlready


def take(draw: Draw, told: str, at: datetime) -> str:
    """The value of ``draw`` as ``told`` by who looked it up; empty where none was named.

    Raises ``NotKnownYet`` and ``NoNumbers``.
    """
    if draw.chance_at is None:
        return ""
    if at < draw.chance_at:
        raise NotKnownYet
    value = lottery.public_value(told)
    if not value or len(value) > Draw.VALUE_MOST:
        raise NoNumbers
    return value
