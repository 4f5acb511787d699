"""After commit: wake the bot where a question waits for it, and look which talk an order followed."""

from __future__ import annotations

from typing import Any

from chat import tasks
from chat.models import Conversation, Message
from chat.services.messages import message_stored
from community.models import Order
from community.services.orders import order_received


def connect() -> None:
    """Connect the receivers, once."""
    message_stored.connect(wake_bot, dispatch_uid="wake_bot")
    order_received.connect(credit_order, dispatch_uid="credit_order")


def wake_bot(message: Message, **kwargs: Any) -> None:
    """Let a worker look whether the bot has something to say; where no broker listens, the sweep does."""
    if message.kind == Message.Kind.TEXT and message.conversation.kind == Conversation.Kind.HELP:
        tasks.answer_as_bot.delay(message.conversation_id)


def credit_order(order: Order, **kwargs: Any) -> None:
    """Let a worker look which talk the order followed; where no broker listens, the sweep does."""
    tasks.credit_order.delay(order.pk)
