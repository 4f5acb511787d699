"""What the chat derives, checked against its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum

from chat.models import Conversation, HelpRequest, Offer, Responder, Target
from community.registry import Difference

State = Conversation.State


def sequences() -> Iterator[Difference]:
    """The messages of each conversation are numbered from 1 to its last number."""
    rows = Conversation.objects.annotate(n=Count("messages"), top=Max("messages__seq", default=0))
    for row in rows.exclude(n=F("last_seq"), top=F("last_seq")).order_by("id"):
        yield Difference("messages", f"conversation {row.pk}", f"1 … {row.last_seq}", f"{row.n} up to {row.top}")


def loads() -> Iterator[Difference]:
    """Each responder's load is what they help with and what they are being offered."""
    busy = (Conversation.State.ACTIVE,)
    helping = dict(
        HelpRequest.objects.filter(conversation__state__in=busy, responder__isnull=False)
        .order_by()
        .values_list("responder")
        .annotate(n=Count("id"))
    )
    offered = dict(
        Offer.objects.filter(state=Offer.State.OPEN).order_by().values_list("responder").annotate(n=Count("id"))
    )
    for row in Responder.objects.order_by("id"):
        expected = helping.get(row.pk, 0) + offered.get(row.pk, 0)
        if row.load != expected:
            yield Difference("loads", f"responder {row.pk}", str(expected), str(row.load))


def states() -> Iterator[Difference]:
    """Each state of a request for help is borne out by its rows: the line, the open offer, the one who helps."""
    is_open = Exists(Offer.objects.filter(conversation=OuterRef("conversation"), state=Offer.State.OPEN))
    state, waits, helped = "conversation__state", Q(queued_at__isnull=False), Q(responder__isnull=False)
    told = {
        State.QUEUED: waits & ~helped & Q(is_offered=False),
        State.OFFERED: waits & ~helped & Q(is_offered=True),
        State.ACTIVE: ~waits & Q(is_offered=False) & (helped | Q(target=Target.BOT)),
        State.LEFT_MESSAGE: ~waits & ~helped & Q(is_offered=False),
        State.CLOSED: ~waits & Q(is_offered=False),
    }
    fits = Q()
    for name, rows in told.items():
        fits |= Q(**{state: name}) & rows
    wrong = HelpRequest.objects.annotate(is_offered=is_open).exclude(fits).select_related("conversation")
    for row in wrong.order_by("id"):
        found = f"queued {row.queued_at}, offered {row.is_offered}, responder {row.responder_id}, {row.target}"
        yield Difference("states", f"conversation {row.conversation_id}", row.conversation.state, found)


def ratings() -> Iterator[Difference]:
    """What is kept of a responder's ratings is the sum of those that count."""
    rows = Responder.objects.annotate(
        n=Count("ratings", filter=Q(ratings__counts=True)),
        total=Sum("ratings__stars", filter=Q(ratings__counts=True), default=0),
    )
    for row in rows.exclude(n=F("rating_count"), total=F("rating_sum")).order_by("id"):
        yield Difference(
            "ratings", f"responder {row.pk}", f"{row.total} of {row.n}", f"{row.rating_sum} of {row.rating_count}"
        )


CHECKS: Mapping[str, Callable[[], Iterable[Difference]]] = {
    "messages": sequences, "loads": loads, "states": states, "ratings": ratings,
}  # fmt: skip
