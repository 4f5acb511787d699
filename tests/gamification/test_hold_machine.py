"""Votes, undos, holds, decisions and spending in any order: everything kept is what a plain list says."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community import activity
from community.models import Activity, Member, Standing
from community.refusals import Refusal
from gamification.models import Balance, BoardScore, HoldCase, Lot
from gamification.services import credits as spending
from gamification.services import holds
from tests import factories
from tests.gamification import world
from tests.races.crowd import differences

PEOPLE = 3
WHO = st.integers(0, PEOPLE - 1)
OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("give"), WHO, WHO),
        st.tuples(st.just("give"), WHO, WHO),
        st.tuples(st.just("undo"), st.integers(0, 30), st.none()),
        st.tuples(st.just("hold"), WHO, st.none() | WHO),
        st.tuples(st.just("decide"), st.integers(0, 9), st.booleans()),
        st.tuples(st.just("spend"), WHO, st.integers(1, 9)),
        st.tuples(st.just("work"), st.none(), st.none()),
    ),
    max_size=24,
)


@dataclass(slots=True)
class Deed:
    """A vote, as far as it took effect."""

    row: Activity
    giver: int
    receiver: int
    is_undone: bool = False
    counted: bool = False
    taken_back: bool = False
    case: Case | None = None

    @property
    def pays(self) -> bool:
        """Whether it is worth something now."""
        return self.counted and not self.taken_back and (self.case is None or self.case.is_released)


@dataclass(slots=True)
class Case:
    """A hold by hand."""

    row: HoldCase
    is_decided: bool = False
    is_released: bool = False


@dataclass(slots=True)
class Plain:
    """What happened, in lists."""

    members: list[Member]
    manager: Member
    deeds: list[Deed] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    spent: dict[int, int] = field(default_factory=lambda: dict.fromkeys(range(PEOPLE), 0))
    ticks: Any = field(default_factory=itertools.count)

    def now(self) -> Any:
        """A minute later each time."""
        return timezone.now() - timedelta(hours=2) + next(self.ticks) * timedelta(minutes=1)

    def give(self, giver: int, receiver: int) -> None:
        if giver == receiver:
            return
        number = len(self.deeds)
        with transaction.atomic():
            row = activity.record(
                verb=activity.ANSWER_FOUND_HELPFUL,
                key=f"answer.found_helpful:{number}:1",
                actor=self.members[giver],
                beneficiary=self.members[receiver],
                subject=("answer", number),
                at=self.now(),
            )
        self.deeds.append(Deed(row, giver, receiver))

    def undo(self, which: int, _nothing: None) -> None:
        left = [deed for deed in self.deeds if not deed.is_undone]
        if left:
            deed = left[which % len(left)]
            deed.is_undone = True
            with transaction.atomic():
                activity.undo(
                    key=deed.row.key,
                    verb=activity.ANSWER_HELPFUL_WITHDRAWN,
                    actor=self.members[deed.giver],
                    at=self.now(),
                )

    def work(self, *_nothing: None) -> None:
        factories.work_off(at=timezone.now() + timedelta(minutes=5))
        for deed in self.deeds:
            deed.counted, deed.taken_back = True, deed.is_undone

    def hold(self, member: int, giver: int | None) -> None:
        def do() -> HoldCase:
            return holds.open_manually(
                member=self.members[member],
                since=timezone.now() - timedelta(days=1),
                note="Odd.",
                by=self.manager,
                at=self.now(),
                giver=None if giver is None else self.members[giver],
            )

        concerned = [
            deed
            for deed in self.deeds
            if deed.pays and deed.case is None and deed.receiver == member and giver in (None, deed.giver)
        ]
        if not concerned:
            with pytest.raises(Refusal) as refusal:
                do()
            assert refusal.value.code == "nothing_to_hold"
            return
        case = Case(do())
        self.cases.append(case)
        for deed in concerned:
            deed.case = case

    def decide(self, which: int, release: bool) -> None:
        left = [case for case in self.cases if not case.is_decided]
        if left:
            case = left[which % len(left)]
            second = self.second
            holds.decide(case=case.row, release=release, statement="Seen.", by=second, at=self.now())
            case.is_decided, case.is_released = True, release

    def spend(self, member: int, amount: int) -> None:
        deed = Activity.objects.first()
        if deed is None:
            return
        if self.credits(member) >= amount:
            spending.spend(member=self.members[member], amount=amount, activity=deed, at=self.now())
            self.spent[member] += amount
        else:
            with pytest.raises(spending.NotEnoughCredits):
                spending.spend(member=self.members[member], amount=amount, activity=deed, at=self.now())

    @property
    def second(self) -> Member:
        """Somebody who has placed nothing."""
        return Member.objects.get(handle="second-person")

    def times(self, member: int) -> int:
        return sum(deed.pays for deed in self.deeds if deed.receiver == member)

    def credits(self, member: int) -> int:
        return 3 * self.times(member) - self.spent[member]

    def check(self) -> None:
        """Compare everything kept with the lists."""
        for number, member in enumerate(self.members):
            reputation, left = 4 * self.times(number), self.credits(number)
            kept = dict(Balance.objects.filter(member=member).values_list("currency", "value"))
            assert (kept.get("reputation", 0), kept.get("credits", 0)) == (reputation, left)
            board = BoardScore.objects.filter(member=member, span="all").values_list("score", flat=True).first()
            assert (board or 0) == reputation
            level = Standing.objects.filter(member=member).values_list("level", flat=True).first() or 0
            assert level in (max(n for n, threshold in world.LEVELS if reputation >= threshold), 0)
            lots = Lot.objects.filter(member=member).aggregate(left=Sum("remaining"))["left"]
            assert (lots or 0) == max(0, left)


@pytest.mark.django_db
@given(operations=OPERATIONS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_everything_kept_is_what_the_list_says(operations: list[tuple[str, Any, Any]]) -> None:
    with transaction.atomic():
        world.build()
        members = [factories.member(f"Member {letter}") for letter in "abc"]
        factories.member("Second Person", handle="second-person")
        plain = Plain(members, factories.member("Clara Holm"))
        for name, one, other in operations:
            getattr(plain, name)(one, other)
        plain.work()
        plain.check()
        assert differences() == []
        transaction.set_rollback(True)
