"""The ledger as its owner reads it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from community.keyset import Page, paginate
from community.models import Member
from gamification.models import Balance, BoardScore, Currency, Entry, Level

ORDER = ("-id",)


def entries_of(member: Member) -> QuerySet[Entry]:
    """Every entry of ``member`` with rule, deed and what was bought, newest first."""
    bought = ("redemption__reward", "reverses__redemption__reward")
    rows = Entry.objects.filter(member=member).select_related("rule_version__rule", "activity__actor", *bought)
    return rows.order_by(*ORDER)


def page_of(member: Member, *, cursor: str | None, size: int = 20) -> Page[Entry]:
    """One page of the member's ledger."""
    return paginate(entries_of(member), order=ORDER, cursor=cursor, size=size)


def balances_of(member: Member) -> dict[str, int]:
    """Reputation and credits."""
    kept = dict(Balance.objects.filter(member=member).values_list("currency", "value"))
    return {currency: kept.get(currency, 0) for currency in Currency.values}


def weekly_reputation(member: Member, *, today: date, weeks: int = 12) -> list[tuple[date, int]]:
    """Reputation gained in each of the last ``weeks`` weeks, oldest first, empty weeks included."""
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=back) for back in reversed(range(weeks))]
    rows = BoardScore.objects.filter(member=member, span=BoardScore.Span.WEEK, start__in=starts)
    scores = dict(rows.values_list("start", "score"))
    return [(start, scores.get(start, 0)) for start in starts]


def next_level(reputation: int) -> tuple[Level | None, Level | None]:
    """The level reached with ``reputation`` and the one after it."""
    levels = list(Level.objects.order_by("threshold"))
    reached = [level for level in levels if level.threshold <= reputation]
    ahead = [level for level in levels if level.threshold > reputation]
    return (reached[-1] if reached else None), (ahead[0] if ahead else None)
