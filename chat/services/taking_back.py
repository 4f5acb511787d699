"""Taking back what one said: the words go for everybody, the number stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from chat.models import Conversation, Message, MessageReport
from chat.services import messages
from community.refusals import Refusal

#: Long enough for a second thought, too short to rewrite what others have gone by.
WITHIN = timedelta(hours=24)


class Stays(Refusal):
    """It is too late. Which of the reasons it is, is not told: nobody learns that they were reported."""

    code = "message_stays"
    message = _(
        "A message can be deleted for 24 hours, while its conversation goes on and nobody has to look at it. "
        "This one stays."
    )


@transaction.atomic
def take_back(*, message: Message, at: datetime) -> None:
    """Empty one's own message and delete its files; twice is once. Raises ``Stays``."""
    # With the conversation nobody closes it meanwhile, with the message nobody reports it.
    conversation = Conversation.objects.select_for_update().get(pk=message.conversation_id)
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if locked.deleted_at is None:
        if not _may(locked, conversation, at):
            raise Stays
        messages.delete(message=locked, at=at)


def is_young(message: Message, at: datetime) -> bool:
    """Whether it is early enough to take the message back."""
    return message.deleted_at is None and at - message.at < WITHIN


def _may(message: Message, conversation: Conversation, at: datetime) -> bool:
    if conversation.state == Conversation.State.CLOSED or not is_young(message, at):
        return False
    return not MessageReport.objects.filter(message=message, outcome=MessageReport.Outcome.OPEN).exists()
