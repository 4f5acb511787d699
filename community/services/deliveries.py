"""The outbox at work: claim a batch under a lease, handle it, delete it with its effects in one transaction."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from itertools import takewhile

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from community import freshness
from community.models import Delivery
from community.registry import registry

#: From claim to handling, not for the handling itself: that holds the rows locked.
LEASE = timedelta(seconds=20)
BATCH = 500
ATTEMPTS = 5

logger = logging.getLogger("kundenkreis.deliveries")


def consume(*, consumer: str, at: datetime, limit: int = BATCH) -> int:
    """Handle one batch of due deliveries in journal order; return how many were handled or parked.

    A batch that fails is tried again one by one, so that a poisonous delivery does not hold up its neighbours.
    """
    claimed, lease = claim(consumer=consumer, at=at, limit=limit)
    if not claimed:
        return 0
    try:
        return _handle(consumer, claimed, lease)
    except Exception:
        logger.warning("batch failed, handling one by one", exc_info=True)
    return sum(_handle_alone(consumer, pk, lease) for pk in claimed)


def claim(*, consumer: str, at: datetime, limit: int = BATCH) -> tuple[list[int], datetime]:
    """Lease up to ``limit`` due deliveries and count the attempt, before anything runs; return ids and lease.

    Two workers never get the same delivery while its lease lasts. What was attempted before comes alone: if it kills
    its worker, it takes no neighbour with it.
    """
    lease = at + LEASE
    if not Delivery.objects.filter(consumer=consumer, parked_at=None, leased_until__lte=at).exists():
        return [], lease
    with transaction.atomic():
        due = (
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(consumer=consumer, parked_at=None, leased_until__lte=at)
            .exclude(Exists(_deed_out_of_reach(consumer, at)))
            .order_by("id")
            .values_list("pk", "attempts")[:limit]
        )
        rows = _first_share(list(due))
        spent = [pk for pk, attempts in rows if attempts >= ATTEMPTS]
        if spent:
            Delivery.objects.filter(pk__in=spent).update(parked_at=at)
        claimed = [pk for pk, attempts in rows if attempts < ATTEMPTS]
        Delivery.objects.filter(pk__in=claimed).update(leased_until=lease, attempts=F("attempts") + 1)
    return claimed, lease


def _first_share(due: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of (id, attempts) the first alone if it was attempted before, else the untried ones up to the next that was."""
    return due[:1] if due and due[0][1] else list(takewhile(lambda row: not row[1], due))


def _deed_out_of_reach(consumer: str, at: datetime) -> QuerySet[Delivery]:
    """The delivery of the deed that an undo takes back, where it is parked, with another worker or created later.

    The undo waits for it. Taken before it, the undo would be put back and taken again, and hold up everybody.
    """
    deed = Delivery.objects.filter(consumer=consumer, activity=OuterRef("activity__undoes"))
    return deed.exclude(parked_at=None, leased_until__lte=at, pk__lt=OuterRef("pk"))


def _handle(consumer: str, ids: list[int], lease: datetime) -> int:
    """Let the consumer handle the deliveries that are still ours and delete them with its effects."""
    with transaction.atomic():
        held = list(
            Delivery.objects.select_for_update(of=("self",))
            .filter(pk__in=ids, leased_until=lease)
            .select_related("activity__undoes")
            .order_by("activity_id")
        )
        held = _without_early_undos(consumer, held)
        registry.consumers[consumer].handle(held)
        Delivery.objects.filter(pk__in=[delivery.pk for delivery in held]).delete()
        transaction.on_commit(freshness.changed, robust=True)
    return len(held)


def _handle_alone(consumer: str, pk: int, lease: datetime) -> int:
    try:
        return _handle(consumer, [pk], lease)
    except Exception as error:
        logger.exception("delivery failed", extra={"delivery": pk})
        now = timezone.now()
        row = Delivery.objects.filter(pk=pk, leased_until=lease)
        row.filter(attempts__gte=ATTEMPTS).update(parked_at=now)
        for delivery in row:
            # What failed because of a passing trouble gets time: 2, 4, 8, 16 seconds.
            later = now + timedelta(seconds=2**delivery.attempts)
            row.update(leased_until=later, error=f"{type(error).__name__}: {error}"[:300])
        return 0


def _without_early_undos(consumer: str, held: list[Delivery]) -> list[Delivery]:
    """Leave out each undo whose deed this consumer has not handled yet: it comes after it, in another batch."""
    here = {delivery.activity_id for delivery in held}
    undone = {d.activity.undoes_id for d in held if d.activity.undoes_id and d.activity.undoes_id not in here}
    if not undone:
        return held
    waiting = set(
        Delivery.objects.filter(consumer=consumer, activity_id__in=undone).values_list("activity_id", flat=True)
    )
    if not waiting:
        return held
    early = [delivery.pk for delivery in held if delivery.activity.undoes_id in waiting]
    Delivery.objects.filter(pk__in=early).update(leased_until=timezone.now(), attempts=F("attempts") - 1)
    return [delivery for delivery in held if delivery.pk not in set(early)]


def release(*, delivery: Delivery, at: datetime) -> None:
    """Give a parked delivery another five attempts."""
    Delivery.objects.filter(pk=delivery.pk).update(parked_at=None, attempts=0, leased_until=at, error="")
