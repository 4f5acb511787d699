"""Background work of gamification. Tasks carry hints only: what is to be done stands in the database."""

from celery import shared_task
from django.utils import timezone

from gamification.services import expiry, simulations, watching


@shared_task(ignore_result=True)
def travel() -> None:
    """Work through the simulations that managers asked for."""
    simulations.work_off(at=timezone.now())


@shared_task(ignore_result=True)
def search_for_arrangements() -> None:
    """Look for votes by arrangement among the deeds of the last weeks, and hold what they earned."""
    watching.search(at=timezone.now())


@shared_task(ignore_result=True)
def expire_credits() -> None:
    """Tell whose credits end soon, and book what ended."""
    expiry.run(at=timezone.now())
