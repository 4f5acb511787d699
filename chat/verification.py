"""What the chat derives, checked against its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.db.models import Count, F, Max, Q, Sum

from chat.models import Conversation, HelpRequest, Offer, Responder
from community.registry import Difference


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


CHECKS: Mapping[str, Callable[[], Iterable[Difference]]] = {"messages": sequences, "loads": loads, "ratings": ratings}
