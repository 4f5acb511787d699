"""Who may know that somebody is here or is writing: the others of a conversation that is open to both."""

from __future__ import annotations

from django.db.models import Q

from chat.models import Conversation, Participant
from community.models import Block


def companions(participant: Participant) -> list[Participant]:
    """The others in the conversation, without those between whom somebody drew a line.

    Nobody while the conversation is closed, and nobody while first words still wait for a yes: who is asked does not
    show that they are there.
    """
    conversation = participant.conversation
    if conversation.state == Conversation.State.CLOSED or conversation.requested_by_id is not None:
        return []
    rows = Participant.objects.select_related("member__standing", "visitor").filter(conversation=conversation)
    others = list(rows.filter(left_at=None).exclude(pk=participant.pk).order_by("id"))
    me, members = participant.member_id, [row.member_id for row in others if row.member_id]
    if me is None or not members:
        return others
    blocks = Block.objects.filter(Q(member=me, blocked__in=members) | Q(blocked=me, member__in=members))
    apart = {pk for pair in blocks.values_list("member", "blocked") for pk in pair} - {me}
    return [row for row in others if row.member_id not in apart]
