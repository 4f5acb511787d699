"""Cases: what waits in the queue of moderation. Who opens one locks it before the post, always in this order."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.models import Case, Member
from community.refusals import Refusal

#: How long a claim keeps a case from others.
CLAIM = timedelta(minutes=10)


class Claimed(Refusal):
    """Somebody else is looking at it."""

    code = "claimed"
    message = _("Somebody else is looking at this right now. Take the next one.")


class Decided(Refusal):
    """The case was decided meanwhile."""

    code = "decided"
    message = _("This was decided in the meantime.")


class OwnPost(Refusal):
    """Nobody reports or moderates what they wrote themselves."""

    code = "own_post"
    message = _("This is your own post. Somebody else has to look at it.")
    status = 403


@transaction.atomic
def open_for(
    *, kind: str, post: Any, source: Case.Source, reason: str, at: datetime, weight: int = 0, flags: int = 0
) -> Case:
    """Put ``post`` into the queue, or let its open case weigh more; returns the case as it is now, locked."""
    case, _created = Case.objects.get_or_create(
        kind=kind,
        subject_id=post.pk,
        outcome=Case.Outcome.OPEN,
        defaults={"author_id": post.author_id, "source": source, "reason": reason, "opened_at": at},
    )
    Case.objects.filter(pk=case.pk).update(weight=F("weight") + weight, flag_count=F("flag_count") + flags)
    return lock(case.pk)


def lock(pk: int) -> Case:
    """Read a case for change."""
    return Case.objects.select_for_update(of=("self",), no_key=True).select_related("author").get(pk=pk)


@transaction.atomic
def claim(*, case: Case, by: Member, at: datetime) -> Case:
    """Keep the case for oneself for ten minutes; claiming it again starts them anew.

    Raises ``OwnPost``, ``Claimed`` and ``Decided``.
    """
    if case.author_id == by.pk:
        raise OwnPost
    free = Q(claimed_by=None) | Q(claimed_by=by) | Q(claimed_until__lte=at)
    claimed = Case.objects.filter(free, pk=case.pk, outcome=Case.Outcome.OPEN)
    if not claimed.update(claimed_by=by, claimed_until=at + CLAIM):
        case.refresh_from_db()
        raise Decided if case.outcome else Claimed
    case.claimed_by, case.claimed_until = by, at + CLAIM
    return case


@transaction.atomic
def release(*, case: Case, by: Member) -> None:
    """Give a claimed case back. Twice is once."""
    Case.objects.filter(pk=case.pk, claimed_by=by).update(claimed_by=None, claimed_until=None)
