"""What statements and payouts say, checked against their rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from ambassadors import chain
from ambassadors.models import Consultation, Payout, PayoutItem, Statement, StatementLine
from ambassadors.queries import statements
from community.registry import Difference

CHECK = "statements"


def check() -> Iterator[Difference]:
    """The chain holds, sums are right, and each consultation that is settled stands on one statement."""
    yield from _chain()
    yield from _settled()
    yield from _payouts()


def _chain() -> Iterator[Difference]:
    rows = Statement.objects.select_related("corrects").order_by("number")
    lines = StatementLine.objects.select_related("consultation").order_by("statement__number", "position")
    grouped = groupby(lines.iterator(), key=lambda line: line.statement_id)
    said = next(grouped, None)
    previous, number = chain.GENESIS, 0
    for statement in rows.iterator():
        own = list(said[1]) if said is not None and said[0] == statement.pk else []
        if own:
            said = next(grouped, None)
        expected = chain.digest(statements.said(statement, own))
        if (statement.number, statement.previous_hash) != (number + 1, previous) or statement.hash != expected:
            yield Difference(CHECK, f"statement {statement.number}", expected, statement.hash)
        total = sum(line.amount for line in own)
        if total != statement.total:
            yield Difference(CHECK, f"total of statement {statement.number}", str(total), str(statement.total))
        previous, number = statement.hash, statement.number


def _settled() -> Iterator[Difference]:
    on_one = StatementLine.objects.filter(consultation=OuterRef("pk"), corrects=None)
    settled = Q(state=Consultation.State.SETTLED)
    wrong = Consultation.objects.annotate(stated=Exists(on_one))
    for row in wrong.filter((settled & Q(stated=False)) | (~settled & Q(stated=True))).order_by("pk"):
        found = "on a statement" if row.stated else "on no statement"
        yield Difference(CHECK, f"consultation {row.pk}", row.state, found)


def _payouts() -> Iterator[Difference]:
    items = PayoutItem.objects.annotate(stated=Sum("shares__statement__total"))
    for item in items.exclude(stated=F("amount")).order_by("pk"):
        yield Difference(CHECK, f"transfer {item.pk}", str(item.stated), str(item.amount))
    payouts = Payout.objects.annotate(transfers=Sum("items__amount"))
    for payout in payouts.exclude(transfers=F("total")).order_by("pk"):
        yield Difference(CHECK, f"payout {payout.pk}", str(payout.transfers), str(payout.total))
    alive = Count("shares", filter=Q(shares__is_live=True))
    cancelled = PayoutItem.objects.filter(payout__state=Payout.State.CANCELLED).annotate(alive=alive)
    for held in cancelled.filter(alive__gt=0).order_by("pk"):
        yield Difference(CHECK, f"transfer {held.pk}", "holds no statement", f"holds {held.alive}")
