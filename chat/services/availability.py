"""Who helps says themselves when, and how much at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chat import hours
from chat.models import Responder
from community.refusals import Refusal

#: More at once is a promise that nobody keeps.
CAPACITY_MOST = 12
#: Two signs of life closer than this are one.
SEEN_EVERY = timedelta(seconds=10)


class BadTimes(Refusal):
    """The times are not what a week can have."""

    code = "bad_times"
    message = _("Each time ends after it begins, and two times of one day do not overlap.")
    field = "schedule"
    status = 422


class BadCapacity(Refusal):
    """Nobody helps so many at once."""

    code = "bad_capacity"
    message = _("Choose between 1 and 12 conversations at once.")
    field = "capacity"
    status = 422


class BadLanguages(Refusal):
    """There is no such language here, or none at all."""

    code = "bad_languages"
    message = _("Choose at least one of the languages that people are helped in.")
    field = "languages"
    status = 422


@transaction.atomic
def change(
    *,
    responder: Responder,
    at: datetime,
    available: bool | None = None,
    capacity: int | None = None,
    schedule: Sequence[Mapping[str, Any]] | None = None,
    languages: Sequence[str] | None = None,
) -> Responder:
    """Change what is given and leave the rest. Whoever goes away keeps the conversations that they have.

    Raises ``BadTimes``, ``BadCapacity`` and ``BadLanguages``.
    """
    changes: dict[str, Any] = {}
    if available is not None:
        changes["available"] = available
    if capacity is not None:
        changes["capacity"] = _capacity(capacity)
    if schedule is not None:
        changes["schedule"] = _schedule(schedule)
    if languages is not None:
        changes["languages"] = _languages(languages)
    Responder.objects.filter(pk=responder.pk).update(seen_at=at, **changes)
    responder.refresh_from_db()
    return responder


def seen(*, responder: Responder, at: datetime) -> None:
    """Note that the desk is open; a helper whose desk is not seen for a minute counts as lost."""
    stale = Q(seen_at=None) | Q(seen_at__lt=at - SEEN_EVERY)
    Responder.objects.filter(stale, pk=responder.pk).update(seen_at=at)


def _capacity(capacity: int) -> int:
    if not 1 <= capacity <= CAPACITY_MOST:
        raise BadCapacity
    return capacity


def _schedule(schedule: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    try:
        hours.parse(schedule)
    except hours.BadTimes as error:
        raise BadTimes from error
    # Nothing but the three known words is kept of what came.
    return [{name: entry[name] for name in ("weekday", "from", "until")} for entry in schedule]


def _languages(languages: Sequence[str]) -> list[str]:
    known = [code for code, _name in settings.LANGUAGES]
    if not languages or not set(languages) <= set(known):
        raise BadLanguages
    return [code for code in known if code in languages]
