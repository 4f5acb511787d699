"""Background work of the chat. Tasks carry hints only: who waits, and for how long, stands in the database."""

from celery import shared_task
from django.utils import timezone

from chat.services import handover, magic_links, offers, placing


@shared_task(ignore_result=True)
def move_line() -> None:
    """Move on from offers that nobody answered and from helpers who are gone, then serve whoever waits."""
    now = timezone.now()
    offers.expire(at=now)
    handover.find_lost(at=now)
    placing.serve(at=now)


@shared_task(ignore_result=True)
def tell_who_left() -> None:
    """Write to those who wanted the answer by e-mail."""
    magic_links.tell(at=timezone.now())
