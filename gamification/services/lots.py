"""Lots: follow what is booked, so that the credits left of each grant are known to the day they expire.

Whatever moves credits holds the row lock of the member's balance, so nobody reads or writes these lots meanwhile.
What takes an entry back touches the lots of that entry first; all else takes from the lot that expires soonest. What
no lot covers is a debt, and the next credits that come in are used for it first.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Sum

from gamification.models import Balance, CreditTerms, Currency, Entry, Lot, LotUse
from gamification.queries.days import site_day
from gamification.services import increments, rows

#: What comes back into a lot can be spent for so long at least.
GRACE = timedelta(days=30)
#: So many lots are read at a time to take from.
AT_ONCE = 20


def follow(entries: Iterable[Entry], balances: Mapping[tuple[int, str], int]) -> None:
    """Bring the lots in line with booked ``entries``; ``balances`` are those after all of them."""
    by_member: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.currency == Currency.CREDITS:
            by_member[entry.member_id].append(entry)
    if not by_member:
        return
    months = lifetime()
    plain: list[Entry] = []
    for member in sorted(by_member):
        own = by_member[member]
        before = balances[member, Currency.CREDITS] - sum(entry.amount for entry in own)
        if before >= 0 and all(_opens(entry) for entry in own):
            plain += own
        else:
            _Purse(member, before, months).follow(own)
    until = {at: months_later(site_day(at), months) for at in {entry.at for entry in plain}}
    opened = ((entry.member_id, entry.pk, entry.amount, entry.amount, until[entry.at]) for entry in plain)
    rows.insert(Lot, ("member", "entry", "amount", "remaining", "expires_on"), opened)


def lifetime() -> int:
    """For how many months credits last that are granted now."""
    months = CreditTerms.objects.values_list("months", flat=True).first()
    return CreditTerms.MONTHS if months is None else months


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def _opens(entry: Entry) -> bool:
    return entry.amount > 0 and entry.reverses_id is None


def _lot(entry: Entry, amount: int, months: int) -> Lot:
    until = months_later(site_day(entry.at), months)
    return Lot(member_id=entry.member_id, entry=entry, amount=amount, remaining=amount, expires_on=until)


@dataclass(slots=True)
class _Purse:
    """One member's lots while entries are followed one by one; ``balance`` is the one before the next entry."""

    member: int
    balance: int
    months: int
    lots: dict[int, Lot] = field(default_factory=dict)
    uses: list[LotUse] = field(default_factory=list)

    def follow(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.amount > 0:
                self._gain(entry)
            else:
                self._lose(entry)
            self.balance += entry.amount
        self._store()

    def _gain(self, entry: Entry) -> None:
        """Settle the debt with it, then fill the lots that the entry taken back had used, then open one."""
        free = max(0, entry.amount - max(0, -self.balance))
        if _opens(entry):
            self._open(entry, entry.amount, free)
            return
        for lot, taken in self._used_by(entry.reverses_id):
            part = min(taken, free)
            self._use(lot, entry, -part)
            free -= part
            if part and lot.expires_on < site_day(entry.at) + GRACE:
                lot.expires_on, lot.warned_at, lot.reminded_at = site_day(entry.at) + GRACE, None, None
        if free:
            self._open(entry, free, free)

    def _lose(self, entry: Entry) -> None:
        """Take it out of the lots, as far as they go."""
        wanted = -entry.amount
        touched = self._touched_by(entry.reverses_id) if entry.reverses_id else []
        left = sum(lot.remaining for lot in touched)
        for lot in touched:
            # What expired of credits that are taken back was never the member's to lose.
            left += self._unexpire(lot, entry, max(0, wanted - left))
        wanted -= self._take(touched, entry, wanted)
        while wanted and (lots := self._soonest()):
            wanted -= self._take(lots, entry, wanted)

    def _take(self, lots: Iterable[Lot], entry: Entry, most: int) -> int:
        """Empty ``lots`` one after the other, up to ``most``; return how much that was."""
        left = most
        for lot in lots:
            part = min(lot.remaining, left)
            self._use(lot, entry, part)
            left -= part
        return most - left

    def _unexpire(self, lot: Lot, entry: Entry, most: int) -> int:
        """Take back that ``lot`` expired, up to ``most``: the ledger gets the counter-entry."""
        expired = lot.uses.filter(entry__kind=Entry.Kind.EXPIRY).aggregate(n=Sum("amount"))["n"] or 0
        part = min(expired, most)
        if part:
            back = Entry.objects.create(
                member_id=self.member,
                currency=Currency.CREDITS,
                amount=part,
                kind=Entry.Kind.EXPIRY,
                activity_id=lot.entry.activity_id,
                booked_on=site_day(entry.at),
                at=entry.at,
            )
            increments.add(Balance, {(self.member, Currency.CREDITS): part}, key=("member", "currency"), value="value")
            self._use(lot, back, -part)
            self.balance += part
        return part

    def _open(self, entry: Entry, amount: int, free: int) -> None:
        lot = _lot(entry, amount, self.months)
        lot.save()
        self.lots[lot.pk] = lot
        self._use(lot, entry, amount - free)

    def _use(self, lot: Lot, entry: Entry, amount: int) -> None:
        if amount:
            lot.remaining -= amount
            self.uses.append(LotUse(lot=lot, entry=entry, amount=amount))

    def _touched_by(self, entry_id: int) -> list[Lot]:
        """The lots that an entry opened or filled."""
        self._store()
        filled = set(LotUse.objects.filter(entry=entry_id, amount__lt=0).values_list("lot_id", flat=True))
        opened = set(Lot.objects.filter(entry=entry_id).values_list("pk", flat=True))
        return self._fetch(filled | opened)

    def _used_by(self, entry_id: int | None) -> list[tuple[Lot, int]]:
        """The lots that an entry took from, the one that lasts longest first, with how much."""
        self._store()
        taken = dict(LotUse.objects.filter(entry=entry_id, amount__gt=0).values_list("lot_id", "amount"))
        return [(lot, taken[lot.pk]) for lot in reversed(self._fetch(taken))]

    def _soonest(self) -> list[Lot]:
        """The next lots that have something left: members may have thousands, and few of them cover most losses."""
        self._store()
        found = Lot.objects.filter(member=self.member, remaining__gt=0).order_by("expires_on", "pk")
        return self._fetch(found.values_list("pk", flat=True)[:AT_ONCE])

    def _fetch(self, ids: Iterable[int]) -> list[Lot]:
        wanted = set(ids)
        missing = wanted - self.lots.keys()
        self.lots |= {lot.pk: lot for lot in Lot.objects.filter(pk__in=missing)} if missing else {}
        return sorted((self.lots[pk] for pk in wanted), key=lambda lot: (lot.expires_on, lot.pk))

    def _store(self) -> None:
        """Write down what changed, so that a query sees it."""
        if not self.uses:
            return
        LotUse.objects.bulk_create(self.uses)
        changed = {use.lot_id: use.lot for use in self.uses}
        self.uses = []
        for lot in changed.values():
            lot.save(update_fields=["remaining", "expires_on", "warned_at", "reminded_at"])
