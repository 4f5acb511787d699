"""Whom a member knows here: people they have talked to, both ways and without a line drawn since."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from chat.models import Conversation, Participant
from community.models import Block, Member

MOST = 200


def of(member: Member) -> set[int]:
    """Everybody with whom the member has a conversation that both wanted."""
    theirs = Conversation.objects.filter(
        kind=Conversation.Kind.DIRECT, requested_by=None, last_seq__gt=0, participants__member=member
    )
    others = Participant.objects.filter(conversation__in=theirs, left_at=None, member__is_active=True)
    known = set(others.exclude(member=member).values_list("member_id", flat=True))
    lines = Block.objects.filter(Q(member=member, blocked__in=known) | Q(blocked=member, member__in=known))
    return known - {pk for pair in lines.values_list("member_id", "blocked_id") for pk in pair}


def people(member: Member) -> QuerySet[Member]:
    """The same, to choose from."""
    return Member.objects.select_related("standing").filter(pk__in=of(member)).order_by("display_name", "id")[:MOST]
