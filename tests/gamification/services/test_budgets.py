"""Money is promised, spent and given back, and never more than the cap."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from community.refusals import Refusal
from gamification.models import Budget, BudgetUse
from gamification.queries import coupon_checks
from gamification.services import budgets
from tests.gamification import coupon_world as world

pytestmark = pytest.mark.django_db
NOW = timezone.now()
money = st.decimals(0, 60, places=2)


def euros(text: str) -> Decimal:
    return Decimal(text)


def state(budget: Budget) -> tuple[Decimal | int, Decimal | int]:
    budget.refresh_from_db()
    return budget.reserved, budget.spent


def test_tenths_of_a_euro_add_up_to_the_cap_exactly() -> None:
    budget = world.budget("0.30")
    for number, amount in enumerate(("0.10", "0.20")):
        budgets.reserve(budget=budget, kind="sample", subject=number, amount=euros(amount), at=NOW)
    assert state(budget) == (euros("0.30"), 0)


def test_what_the_cap_has_no_room_for_is_refused_and_changes_nothing() -> None:
    budget = world.budget("10.00")
    budgets.reserve(budget=budget, kind="sample", subject=1, amount=euros("6.00"), at=NOW)
    with pytest.raises(budgets.BudgetUsedUp):
        budgets.reserve(budget=budget, kind="sample", subject=2, amount=euros("4.01"), at=NOW)
    assert (state(budget), BudgetUse.objects.count()) == ((euros("6.00"), 0), 1)


def test_what_was_held_too_much_is_free_again() -> None:
    budget = world.budget("10.00")
    budgets.reserve(budget=budget, kind="coupon", subject=1, amount=euros("6.00"), at=NOW)
    budgets.settle(budget=budget, kind="coupon", subject=1, held=euros("6.00"), amount=euros("2.50"), at=NOW)
    assert state(budget) == (0, euros("2.50"))
    budgets.unsettle(budget=budget, kind="coupon", subject=1, amount=euros("2.50"), promise=euros("6.00"), at=NOW)
    budgets.release(budget=budget, kind="coupon", subject=1, amount=euros("6.00"), at=NOW)
    assert state(budget) == (0, 0)


def test_nobody_releases_what_was_promised_to_another() -> None:
    budget = world.budget("10.00")
    budgets.reserve(budget=budget, kind="coupon", subject=1, amount=euros("6.00"), at=NOW)
    with pytest.raises(budgets.BudgetUsedUp):
        budgets.release(budget=budget, kind="coupon", subject=2, amount=euros("6.00"), at=NOW)
    assert state(budget) == (euros("6.00"), 0)
    assert list(coupon_checks.budgets()) == []


def test_the_cap_is_not_lowered_below_what_is_promised() -> None:
    budget = world.budget("10.00")
    budgets.reserve(budget=budget, kind="coupon", subject=1, amount=euros("6.00"), at=NOW)
    with pytest.raises(budgets.CapTooLow):
        budgets.set_cap(budget=budget, cap=euros("5.99"))
    budgets.set_cap(budget=budget, cap=euros("6.00"))
    budget.refresh_from_db()
    assert budget.cap == euros("6.00")


def test_the_database_itself_refuses_an_overdrawn_budget() -> None:
    budget = world.budget("10.00")
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.filter(pk=budget.pk).update(spent=euros("10.01"))


class Money(RuleBasedStateMachine):
    """Three things draw on one budget in any order, beside a naive book."""

    def __init__(self) -> None:
        super().__init__()
        self.budget = world.budget("100.00")
        self.book: dict[int, list[Decimal]] = {number: [Decimal(0), Decimal(0)] for number in range(3)}

    def move(self, subject: int, reserved: Decimal, spent: Decimal, service: str, **amounts: Decimal) -> None:
        own = self.book[subject]
        after = [own[0] + reserved, own[1] + spent]
        total = sum((a + b for a, b in self.book.values()), Decimal(0)) + reserved + spent
        try:
            getattr(budgets, service)(budget=self.budget, kind="thing", subject=subject, at=NOW, **amounts)
        except Refusal:
            assert min(after) < 0 or total > 100
        else:
            assert min(after) >= 0
            assert total <= 100
            self.book[subject] = after

    @rule(subject=st.integers(0, 2), amount=money)
    def reserve(self, subject: int, amount: Decimal) -> None:
        self.move(subject, amount, Decimal(0), "reserve", amount=amount)

    @rule(subject=st.integers(0, 2), amount=money)
    def release(self, subject: int, amount: Decimal) -> None:
        self.move(subject, -amount, Decimal(0), "release", amount=amount)

    @rule(subject=st.integers(0, 2), held=money, amount=money)
    def settle(self, subject: int, held: Decimal, amount: Decimal) -> None:
        self.move(subject, -held, amount, "settle", held=held, amount=amount)

    @rule(subject=st.integers(0, 2), amount=money, promise=money)
    def unsettle(self, subject: int, amount: Decimal, promise: Decimal) -> None:
        self.move(subject, promise, -amount, "unsettle", amount=amount, promise=promise)

    @invariant()
    def sums(self) -> None:
        reserved, spent = (sum((own[part] for own in self.book.values()), Decimal(0)) for part in (0, 1))
        assert state(self.budget) == (reserved, spent)
        assert list(coupon_checks.budgets()) == []


def test_any_order_of_moves_keeps_the_book_and_the_cap() -> None:
    few = settings(max_examples=10, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Money, settings=few)
