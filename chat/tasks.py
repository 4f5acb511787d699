"""Background work of the chat. Tasks carry hints only: who waits, and for how long, stands in the database."""

from celery import shared_task
from django.utils import timezone

from chat.models import HelpRequest
from chat.services import attribution, bot, handover, magic_links, offers, placing, shop_messages
from community.models import Order


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


@shared_task(ignore_result=True)
def answer_as_bot(conversation: int) -> None:
    """Let the bot answer in one conversation, if it is its turn there."""
    asked = HelpRequest.objects.filter(conversation=conversation).first()
    if asked is not None:
        bot.answer(asked=asked, at=timezone.now())


@shared_task(ignore_result=True)
def answer_what_waits() -> None:
    """Let the bot answer what a lost hint left unanswered."""
    bot.answer_waiting(at=timezone.now())


@shared_task(ignore_result=True)
def credit_order(order: int) -> None:
    """Look which talk an order followed."""
    if (found := Order.objects.select_related("customer").filter(pk=order).first()) is not None:
        attribution.credit(order=found)


@shared_task(ignore_result=True)
def credit_orders() -> None:
    """Look at the orders of the last days whose hint was lost."""
    attribution.sweep(at=timezone.now())


@shared_task(ignore_result=True)
def show_shop_messages() -> None:
    """Show the shop's cards to those who have verified their address meanwhile."""
    shop_messages.show_waiting(at=timezone.now())
