"""Reading statements: lists of a member, what is owed, and what a statement says word for word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Sum
from django.utils import timezone

from ambassadors.models import PayoutShare, Statement, StatementLine
from community import keyset
from community.models import Member
from gamification.queries.days import site_day

ORDER = ("-number",)
NOTHING = Decimal(0)


def of(member: Member) -> QuerySet[Statement]:
    """The statements of a member, with what became of their money."""
    live = PayoutShare.objects.filter(is_live=True).select_related("item__payout")
    rows = Statement.objects.filter(member=member).select_related("corrects")
    return rows.prefetch_related(Prefetch("shares", live, to_attr="live_shares"))


def page(member: Member, *, cursor: str | None, size: int) -> keyset.Page[Statement]:
    """One page of them, the newest first."""
    return keyset.paginate(of(member), order=ORDER, cursor=cursor, size=size)


def page_with_lines(member: Member, *, cursor: str | None, size: int) -> keyset.Page[Statement]:
    """The same with the lines of each."""
    rows = of(member).prefetch_related(Prefetch("lines", StatementLine.objects.order_by("position", "id")))
    return keyset.paginate(rows, order=ORDER, cursor=cursor, size=size)


def lines_of(statement: Statement) -> QuerySet[StatementLine]:
    """The lines of a statement with what each one pays for."""
    rows = StatementLine.objects.filter(statement=statement).order_by("position", "id")
    return rows.select_related(
        "consultation__conversation__help__product", "consultation__conversation__help__topic", "corrects__statement"
    )


def unpaid() -> QuerySet[Statement]:
    """Statements that no transfer holds."""
    held = PayoutShare.objects.filter(statement=OuterRef("pk"), is_live=True)
    return Statement.objects.filter(~Exists(held))


def owed(member: Member) -> Mapping[str, Decimal]:
    """What is stated and not transferred, by currency."""
    sums = unpaid().filter(member=member).order_by("currency").values_list("currency").annotate(all=Sum("total"))
    return {currency: money(total) for currency, total in sums}


def minimum() -> Decimal:
    """What somebody is owed below this is carried over."""
    return Decimal(settings.PAYOUT_MINIMUM)


def payer() -> str:
    """Who pays, as it stands in the files for the bank; empty where that is not set up."""
    return str(settings.PAYOUT_NAME)


def worth(line: StatementLine) -> Decimal:
    """What a line comes to with everything that corrected it."""
    later = StatementLine.objects.filter(corrects=line).aggregate(all=Sum("amount"))["all"]
    return line.amount + (money(later) if later is not None else NOTHING)


def money(total: Decimal | int) -> Decimal:
    """A sum of the database as money, whichever way it came back."""
    return total if isinstance(total, Decimal) else Decimal(total).scaleb(-2)


def month_of(moment: datetime) -> date:
    """The first day of the month, as the calendar on the wall has it."""
    return site_day(moment).replace(day=1)


def month_before(period: date) -> date:
    """The month before."""
    return (period - timedelta(days=1)).replace(day=1)


def end_of(period: date) -> datetime:
    """The moment at which the month is over."""
    following = (period + timedelta(days=32)).replace(day=1)
    return datetime(following.year, following.month, 1, tzinfo=timezone.get_default_timezone())


def said(statement: Statement, lines: Iterable[StatementLine]) -> dict[str, object]:
    """All that a statement says, from which its hash is made. Nothing in it ever changes."""
    return {
        "number": statement.number,
        "member": statement.member_id,
        "period": f"{statement.period:%Y-%m}",
        "corrects": statement.corrects.number if statement.corrects else None,
        "reason": statement.reason,
        "total": f"{statement.total:.2f}",
        "currency": statement.currency,
        "vat_rate": statement.vat_rate,
        "issued_at": statement.issued_at.astimezone(UTC).isoformat(),
        "previous_hash": statement.previous_hash,
        "lines": [_line(line) for line in lines],
    }


def _line(line: StatementLine) -> dict[str, object]:
    return {
        "position": line.position,
        "consultation": line.consultation_id,
        "conversation": line.consultation.conversation_id,
        "ended_at": line.consultation.closed_at.astimezone(UTC).isoformat(),
        "tier": line.tier,
        "stars": line.stars,
        "amount": f"{line.amount:.2f}",
        "corrects": line.corrects_id,
    }
