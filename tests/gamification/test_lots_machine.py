"""Credits come in, are spent, given back, taken back, held, released and expire; a plain list of lots says the same.

The naive model knows nothing of the ledger: a heap of lots, each with its last day, and one number for the balance.
"""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from community import activity
from community.models import Activity, Notification
from gamification.models import Balance, CreditTerms, Entry, Lot
from gamification.queries import reward_checks
from gamification.services import credits, expiry, ledger
from tests import factories, machines

AMOUNTS = st.integers(1, 60)
NUMBERS = st.integers(0, 10**6)
STEPS = st.sampled_from([timedelta(hours=1), timedelta(days=3), timedelta(days=20), timedelta(days=200)])
NIGHTS = st.sampled_from([timedelta(days=1), timedelta(days=9), timedelta(days=200), timedelta(days=370)])
MONTHS = 12
SITE = ZoneInfo("Europe/Berlin")
KINDS = Entry.Kind
_keys = itertools.count(1)


@dataclass(slots=True)
class NaiveLot:
    """Credits of one entry; ``told`` are the days of the two notices."""

    number: int
    left: int
    until: date
    warned: bool = False
    reminded: bool = False
    expired: int = 0


@dataclass(slots=True)
class Booked:
    """An entry, with what it took from which lot (below zero: gave back)."""

    amount: int
    uses: dict[int, int] = field(default_factory=dict)
    opened: int | None = None
    kind: str = "grant"
    is_over: bool = False


@dataclass(slots=True)
class Naive:
    """The member's credits."""

    balance: int = 0
    lots: list[NaiveLot] = field(default_factory=list)
    notices: int = 0

    def gain(self, amount: int, today: date, *, of: Booked | None = None) -> Booked:
        """Debt first, then the lots that ``of`` had used, then a lot of its own."""
        booked = Booked(amount)
        free = max(0, amount - max(0, -self.balance))
        self.balance += amount
        for number, taken in sorted(of.uses.items(), key=lambda use: self._place(use[0]), reverse=True) if of else ():
            part = min(taken, free)
            if part > 0:
                lot = self.lots[number]
                lot.left += part
                booked.uses[number] = -part
                free -= part
                if lot.until < today + timedelta(days=30):
                    lot.until, lot.warned, lot.reminded = today + timedelta(days=30), False, False
        if free or not of:
            booked.opened = len(self.lots)
            self.lots.append(NaiveLot(booked.opened, free, _a_year_after(today)))
        return booked

    def lose(self, amount: int, *, of: Booked | None = None) -> Booked:
        """From the lots of ``of`` first, what expired of them included; then from those that end soonest."""
        booked = Booked(-amount)
        own = [number for number, used in of.uses.items() if used < 0] if of else []
        own += [of.opened] if of and of.opened is not None else []
        own.sort(key=self._place)
        missing = amount - sum(self.lots[number].left for number in own)
        for number in own:
            back = min(self.lots[number].expired, max(0, missing))
            self.lots[number].expired -= back
            self.lots[number].left += back
            self.balance += back
            missing -= back
        others = [lot.number for lot in self.lots if lot.number not in own]
        left = amount
        for number in [*own, *sorted(others, key=self._place)]:
            part = min(self.lots[number].left, left)
            if part:
                self.lots[number].left -= part
                booked.uses[number] = part
                left -= part
        self.balance -= amount
        return booked

    def night(self, today: date) -> None:
        """The last notice a week before, the first a month before; what ended and was told of is gone."""
        days: set[tuple[str, date]] = set()
        for lot in self.lots:
            if lot.left and lot.until <= today + timedelta(days=7) and not lot.reminded:
                lot.until = max(lot.until, today + timedelta(days=7))
                lot.warned = lot.reminded = True
                days.add(("last", lot.until))
        for lot in self.lots:
            if lot.left and lot.until <= today + timedelta(days=30) and not lot.warned:
                lot.warned = True
                days.add(("first", lot.until))
        for lot in self.lots:
            if lot.left and lot.until < today and lot.reminded:
                self.balance -= lot.left
                lot.expired += lot.left
                lot.left = 0
        self.notices += len(days)

    def _place(self, number: int) -> tuple[date, int]:
        return self.lots[number].until, number


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


class Purse(RuleBasedStateMachine):
    """The product on the left, the naive model on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        atomic = transaction.atomic()
        atomic.__enter__()
        self.stack.push(lambda *_: self._roll_back(atomic))
        self.now = datetime(2026, 1, 31, 12, tzinfo=UTC)
        self.member = factories.member(at=self.now)
        CreditTerms.objects.update_or_create(pk=1, defaults={"months": MONTHS})
        self.naive = Naive()
        self.book: list[tuple[Entry, Booked]] = []

    @staticmethod
    def _roll_back(atomic: transaction.Atomic) -> None:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)

    # --- what happens -----------------------------------------------------------------------------------------------

    @rule(amount=AMOUNTS, step=STEPS)
    def grant(self, amount: int, step: timedelta) -> None:
        """A deed earns credits."""
        self.now += step
        self._keep(self._booked(KINDS.GRANT, amount), self.naive.gain(amount, self.today))

    @rule(amount=AMOUNTS)
    def spend(self, amount: int) -> None:
        """The member buys something, if the balance carries it."""
        if self.naive.balance < amount:
            before = Entry.objects.count()
            with pytest.raises(credits.NotEnoughCredits):
                credits.spend(member=self.member, amount=amount, activity=self._deed(), at=self.now)
            assert Entry.objects.count() == before
            return
        entry = credits.spend(member=self.member, amount=amount, activity=self._deed(), at=self.now)
        self._keep(entry, self.naive.lose(amount), kind="spend")

    @rule(which=NUMBERS, step=STEPS)
    def refund(self, which: int, step: timedelta) -> None:
        """A purchase is given back."""
        if found := self._pick("spend", which):
            self.now += step
            entry, booked = found
            booked.is_over = True
            back = credits.refund(entry=entry, activity=self._deed(), at=self.now)
            self._keep(back, self.naive.gain(-entry.amount, self.today, of=booked), kind="refund")

    @rule(which=NUMBERS, kind=st.sampled_from([KINDS.REVERSAL, KINDS.HOLD]), step=STEPS)
    def take_back(self, which: int, kind: str, step: timedelta) -> None:
        """A deed is undone, or what it earned is held."""
        if found := self._pick("grant", which) or self._pick("release", which):
            self.now += step
            entry, booked = found
            booked.is_over = True
            made = self._booked(kind, -entry.amount, reverses=entry)
            self._keep(made, self.naive.lose(entry.amount, of=booked), kind=kind)

    @rule(which=NUMBERS, step=STEPS)
    def release(self, which: int, step: timedelta) -> None:
        """What was held is given free."""
        if found := self._pick(KINDS.HOLD, which):
            self.now += step
            entry, booked = found
            booked.is_over = True
            made = self._booked(KINDS.RELEASE, -entry.amount, reverses=entry)
            self._keep(made, self.naive.gain(-entry.amount, self.today, of=booked), kind="release")

    @rule(amount=st.integers(-30, 30).filter(bool))
    def correct(self, amount: int) -> None:
        """A replay finds that something was booked wrongly."""
        made = self._booked(KINDS.CORRECTION, amount)
        naive = self.naive.gain(amount, self.today) if amount > 0 else self.naive.lose(-amount)
        self._keep(made, naive, kind="correction")

    @rule(nights=st.integers(1, 3), step=NIGHTS)
    def nights(self, nights: int, step: timedelta) -> None:
        """Time passes, and at night it is looked at what ends; twice in a night is once."""
        for _night in range(nights):
            self.now += step
            for _twice in range(2):
                expiry.run(at=self.now)
            self.naive.night(self.today)

    # --- comparing --------------------------------------------------------------------------------------------------

    def check_invariants(self, *args: Any, **kwargs: Any) -> None:
        """After each step both say the same."""
        super().check_invariants(*args, **kwargs)
        balance = Balance.objects.filter(member=self.member, currency="credits").first()
        assert (balance.value if balance else 0) == self.naive.balance
        lots = Lot.objects.order_by("entry_id").values_list("remaining", "expires_on")
        assert list(lots) == [(lot.left, lot.until) for lot in self.naive.lots]
        assert sum(lot.left for lot in self.naive.lots) == max(0, self.naive.balance)
        assert Notification.objects.count() == self.naive.notices
        assert list(reward_checks.lots()) == []

    def teardown(self) -> None:
        """Leave nothing."""
        self.stack.close()

    # --- helpers ----------------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The site's day, which decides: shortly before midnight in UTC it is already the next one."""
        return self.now.astimezone(SITE).date()

    def _deed(self) -> Activity:
        key = f"{activity.REWARD_REDEEMED}:{next(_keys)}"
        return activity.record(
            verb=activity.REWARD_REDEEMED, key=key, actor=self.member, subject=("redemption", 1), at=self.now
        )

    def _booked(self, kind: str, amount: int, reverses: Entry | None = None) -> Entry:
        entry = Entry.objects.create(
            member=self.member,
            currency="credits",
            amount=amount,
            kind=kind,
            activity=self._deed(),
            reverses=reverses,
            booked_on=self.today,
            at=self.now,
        )
        ledger.balance([entry])
        return entry

    def _keep(self, entry: Entry, booked: Booked, kind: str = "grant") -> None:
        assert entry.amount == booked.amount
        booked.kind = kind
        self.book.append((entry, booked))

    def _pick(self, kind: str, which: int) -> tuple[Entry, Booked] | None:
        found = [pair for pair in self.book if pair[1].kind == kind and not pair[1].is_over]
        return found[which % len(found)] if found else None


@pytest.mark.django_db
def test_lots_are_what_a_plain_list_says() -> None:
    machines.run(Purse, examples=20, steps=30)


@pytest.mark.soak
@pytest.mark.django_db
def test_lots_are_what_a_plain_list_says_for_long() -> None:
    machines.run(Purse, examples=600, steps=60)
