"""Trust: earned by behaviour, kept with some slack, lost by sanctions, never bought."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.models import Activity, Member, Sanction
from community.services import sanctions, trust
from community.services.trust import LEVELS, Behaviour
from tests import factories

NOW = timezone.now()
NUMBERS = st.integers(0, 400)


@pytest.mark.parametrize(("level", "needed"), list(enumerate(LEVELS)))
def test_what_a_level_takes_earns_it(level: int, needed: Behaviour) -> None:
    assert trust.level_of(needed, former=0) == level


def test_a_level_is_kept_with_a_little_less_than_it_took() -> None:
    less = Behaviour(days=9, read=17, posts=4, helpful=2)
    assert (trust.level_of(less, former=0), trust.level_of(less, former=2)) == (1, 2)
    assert trust.level_of(Behaviour(days=9, read=17, posts=3, helpful=2), former=2) == 1


@pytest.mark.parametrize(("sanctions_", "level"), [(0, 4), (1, 1), (2, 0), (7, 0)])
def test_sanctions_hold_down(sanctions_: int, level: int) -> None:
    assert trust.level_of(LEVELS[4], former=4, sanctions=sanctions_) == level


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.builds(Behaviour, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS), st.integers(0, 4), st.integers(0, 3))
def test_judging_twice_changes_nothing_more(found: Behaviour, former: int, troubles: int) -> None:
    once = trust.level_of(found, former=former, sanctions=troubles)
    assert trust.level_of(found, former=once, sanctions=troubles) == once


@pytest.mark.django_db
class TestJudge:
    def test_promotes_who_was_here_and_read_nothing_for_points(self, member: Member) -> None:
        Member.objects.filter(pk=member.pk).update(
            active_days=12, active_on=NOW.date(), thread_count=9, helpful_count=9
        )
        trust.judge(at=NOW)
        member.refresh_from_db()
        assert member.trust == 0

    def test_demotes_after_a_sanction_and_writes_it_down_once(self) -> None:
        member = factories.member(trust=3, active_days=60)
        sanctions.impose(
            member=member, grade=Sanction.Grade.SILENCE, facts="x", rule="y", until=NOW + timedelta(days=1),
            by=factories.member(), at=NOW,
        )  # fmt: skip
        trust.judge(at=NOW)
        trust.judge(at=NOW + timedelta(minutes=1))
        member.refresh_from_db()
        assert (member.trust, Activity.objects.filter(verb="trust.changed").count()) == (0, 1)

    def test_a_day_counts_once(self, member: Member) -> None:
        for hours in (0, 1):
            trust.note_day(member=member, at=NOW.replace(hour=3 + hours))
        member.refresh_from_db()
        trust.note_day(member=member, at=NOW + timedelta(days=1))
        member.refresh_from_db()
        assert (member.active_days, member.active_on) == (2, (NOW + timedelta(days=1)).date())
