"""Claims: who looks at a case keeps it for ten minutes, so that two managers do not do the same work."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.models import Member
from community.refusals import Refusal
from gamification.models import HoldCase

CLAIM = timedelta(minutes=10)


class Claimed(Refusal):
    """Somebody else is looking at it, or nothing of it waits."""

    code = "claimed"
    message = _("Somebody else is looking at this right now, or it is decided.")


@transaction.atomic
def claim(*, case: HoldCase, by: Member, at: datetime) -> None:
    """Keep the case for oneself for ten minutes; claiming it again starts them anew. Raises ``Claimed``."""
    free = Q(claimed_by=None) | Q(claimed_by=by) | Q(claimed_until__lte=at)
    waiting = HoldCase.objects.filter(free, pk=case.pk, waiting__gt=0)
    if not waiting.update(claimed_by=by, claimed_until=at + CLAIM):
        raise Claimed
