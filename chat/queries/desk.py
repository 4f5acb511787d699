"""Reads of the desk: what is offered, whom somebody helps, whom they helped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Greatest, NullIf

from chat.models import Conversation, HelpRequest, Message, Offer, Participant, Responder
from community import keyset

#: Nobody has more at once; the list ends here whatever happens.
MOST = 50
DONE_ORDER = ("-helped_at", "-id")
#: What people say, as opposed to what the conversation notes about itself.
SAID = (Message.Kind.TEXT, Message.Kind.CARD, Message.Kind.BOT)


def offers(responder: Responder, at: datetime) -> list[Offer]:
    """What is offered at present, what runs out first in front; each with ``question``, the asker's last words."""
    rows = Offer.objects.filter(responder=responder, state=Offer.State.OPEN, expires_at__gt=at)
    asked = _by_asker().filter(conversation=OuterRef("conversation"))
    rows = rows.select_related(
        "conversation__help__product", "conversation__help__visitor", "conversation__help__member"
    )
    return list(rows.annotate(question=Subquery(_said(asked)[:1])).order_by("expires_at", "id")[:MOST])


def talks(responder: Responder) -> list[HelpRequest]:
    """Whom the responder helps now, the liveliest first; each with ``last_body``, ``last_mine`` and ``unread``."""
    active = _of(responder).filter(conversation__state=Conversation.State.ACTIVE)
    return list(_with_last(active, responder).order_by("-conversation__active_at", "-id")[:MOST])


def done(responder: Responder, *, cursor: str | None, size: int = 20) -> keyset.Page[HelpRequest]:
    """Whom the responder helped, the newest first. Raises ``keyset.BadCursor``."""
    over = _of(responder).filter(conversation__state=Conversation.State.CLOSED, helped_at__isnull=False)
    return keyset.paginate(_with_last(over, responder), order=DONE_ORDER, cursor=cursor, size=size)


def untaken(responder: Responder) -> QuerySet[HelpRequest]:
    """Who waits for people like the responder, those in front first, and for the team what was left as a message.

    What is about an order is nothing for ambassadors, wherever it was led.
    """
    queued = Q(conversation__state=Conversation.State.QUEUED, target=responder.group, queued_at__isnull=False)
    if responder.group == Responder.Group.AGENTS:
        queued |= Q(conversation__state=Conversation.State.LEFT_MESSAGE)
    rows = HelpRequest.objects.filter(queued).select_related("conversation", "product", "visitor", "member")
    rows = rows if responder.group == Responder.Group.AGENTS else rows.filter(about_order=False)
    asked = _by_asker().filter(conversation=OuterRef("conversation"))
    rows = rows.annotate(last_body=Subquery(_said(asked)[:1]))
    return rows.order_by("-front", F("queued_at").asc(nulls_last=True), "asked_at", "id")


def question(help_request: HelpRequest) -> str:
    """The asker's last words."""
    rows = _by_asker().filter(conversation=help_request.conversation_id).exclude(body="")
    return rows.values_list("body", flat=True).first() or ""


def _of(responder: Responder) -> QuerySet[HelpRequest]:
    rows = HelpRequest.objects.filter(responder=responder)
    return rows.select_related("conversation", "product", "visitor", "member")


def _with_last(rows: QuerySet[HelpRequest], responder: Responder) -> QuerySet[HelpRequest]:
    newest = Message.objects.filter(conversation=OuterRef("conversation"), kind__in=SAID, deleted_at=None)
    newest = newest.order_by("-seq")
    read = Participant.objects.filter(conversation=OuterRef("conversation"), member=responder.member_id)
    return rows.annotate(
        last_body=Subquery(_said(newest)[:1]),
        last_by=Subquery(newest.values("member")[:1]),
        unread=Greatest(F("conversation__last_seq") - Coalesce(Subquery(read.values("read_seq")[:1]), 0), 0),
    )


def _said(rows: QuerySet[Message]) -> QuerySet[Message, Any]:
    """The words of messages; a file that came without any is called by its name."""
    words = Coalesce(NullIf("body", Value("")), "attachments__name", Value(""), output_field=TextField())
    return rows.values(said=words)


def _by_asker() -> QuerySet[Message]:
    """The askers' own words, the last first: those of a visitor, or of the member who asked."""
    own = Q(visitor__isnull=False) | Q(member=F("conversation__help__member"))
    return Message.objects.filter(own, kind=Message.Kind.TEXT, deleted_at=None).order_by("-seq")
