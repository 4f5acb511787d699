"""Background work of gamification. Tasks carry hints only: what is to be done stands in the database."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from gamification.services import (
    adjustments,
    boards,
    coupon_uses,
    coupons,
    evaluation,
    expiry,
    falls,
    landing,
    rarity,
    replays,
    retroactions,
    simulations,
    watching,
)

#: So many batches of decisions that waited in one go.
ROUNDS = 20


@shared_task(ignore_result=True)
def travel() -> None:
    """Bring members in line with moved thresholds, then do the activations, simulations and replays asked for."""
    adjustments.work_off(at=timezone.now())
    retroactions.work_off(at=timezone.now())
    simulations.work_off(at=timezone.now())
    replays.work_off(at=timezone.now())


@shared_task(ignore_result=True)
def look_for_drift() -> None:
    """Ask for the replay of the night; one that waits already is enough."""
    with suppress(replays.UnderWay):
        replays.ask(by=None, at=timezone.now())


@shared_task(ignore_result=True)
def search_for_arrangements() -> None:
    """Look for votes by arrangement among the deeds of the last weeks, and hold what they earned."""
    watching.search(at=timezone.now())


@shared_task(ignore_result=True)
def expire_credits() -> None:
    """Tell whose credits end soon, and book what ended."""
    expiry.run(at=timezone.now())


@shared_task(ignore_result=True)
def mark_boards() -> None:
    """Note who stands where on long boards."""
    boards.mark(at=timezone.now())


@shared_task(ignore_result=True)
def take_census() -> None:
    """Count the active members, and how many of them hold which badge."""
    rarity.census(at=timezone.now())


@shared_task(ignore_result=True)
def land_softly() -> None:
    """Tell of streaks and seasons before they end, and let go of levels and badges that were kept for some days."""
    landing.warn(at=timezone.now())
    falls.land(at=timezone.now())


@shared_task(ignore_result=True)
def settle_decisions() -> None:
    """Make the decisions that waited until now, some thousands in one go at most."""
    for _ in range(ROUNDS):
        if not evaluation.settle(at=timezone.now()):
            return


@shared_task(ignore_result=True)
def end_coupons() -> None:
    """Free the codes of forgotten baskets, then end the coupons whose time is over."""
    now = timezone.now()
    coupon_uses.lapse(at=now)
    coupons.expire(at=now)
