"""Background work of gamification. Tasks carry hints only: what is to be done stands in the database."""

from celery import shared_task
from django.utils import timezone

from gamification.services import simulations


@shared_task(ignore_result=True)
def travel() -> None:
    """Work through the simulations that managers asked for."""
    simulations.work_off(at=timezone.now())
