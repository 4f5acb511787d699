"""Background work of the ambassadors. Tasks carry hints only: what is to be done stands in the database."""

from celery import shared_task
from django.utils import timezone

from ambassadors.services import (
    addresses,
    announcements,
    draws,
    events,
    occasions,
    programme,
    radar,
    renewals,
    statements,
    test_telling,
    tiers,
)
from community.tasks import turn


@shared_task(ignore_result=True)
def issue_statements() -> None:
    """State the month that is over, for whoever has no statement of it yet."""
    statements.issue_due(at=timezone.now())


@shared_task(ignore_result=True)
def remind_of_events() -> None:
    """Tell whoever has a seat of what begins within a day."""
    events.remind(at=timezone.now())


@shared_task(ignore_result=True)
def move_tests() -> None:
    """End applications whose time is over, draw on the day that was named, end invitations without an answer."""
    draws.work_off(at=timezone.now())


@shared_task(ignore_result=True)
def announce_tests() -> None:
    """Tell who may apply of what has opened, one batch after the other for one turn; the next run goes on."""
    for _batch in turn():
        if not announcements.announce(at=timezone.now()):
            return


@shared_task(ignore_result=True)
def remind_testers() -> None:
    """Tell who has a sample that the report is due, each stage once."""
    test_telling.remind(at=timezone.now())


@shared_task(ignore_result=True)
def forget_addresses() -> None:
    """Forget the addresses that have no purpose any more."""
    addresses.forget_needless()


@shared_task(ignore_result=True)
def look_for_people() -> None:
    """Screen everybody for the radar, and let the rules about purchases speak."""
    radar.scan(at=timezone.now())
    occasions.sweep(at=timezone.now())


@shared_task(ignore_result=True)
def review_tiers() -> None:
    """Look at every tier, and let those go who are leaving and are owed nothing any more."""
    now = timezone.now()
    tiers.review(at=now)
    programme.let_go(at=now)


@shared_task(ignore_result=True)
def review_training() -> None:
    """Remind of proofs of training that run out, and pause whoever let a required one become void."""
    renewals.review(at=timezone.now())
