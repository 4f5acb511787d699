"""The programme at a glance: what is counted, and who may be leaving."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from ambassadors.models import Ambassador, Tier
from ambassadors.queries import overview
from tests.ambassadors import pay_world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def ambassador(name: str, *, days: int = 200, state: str = "active", seen: int = 1, **fields: object) -> Ambassador:
    """Somebody in the programme since ``days``, at the desk ``seen`` days ago."""
    responder, now = pay_world.ambassador(name), timezone.now()
    responder.seen_at = now - seen * DAY
    responder.save(update_fields=["seen_at"])
    tier = Tier.objects.order_by("position").first() or Tier.objects.create(position=1, name="Guide")
    return Ambassador.objects.create(
        member=responder.member, state=state, tier=tier, begun_at=now - days * DAY, since=now - days * DAY, **fields
    )


def talks(who: Ambassador, *days_ago: int) -> None:
    for days in days_ago:
        pay_world.bare(who.member, at=timezone.now() - days * DAY)


def signs(now: datetime) -> dict[str, list[str]]:
    return {row.ambassador.member.display_name: list(row.signs) for row in overview.people(now)}


def test_who_may_be_leaving_and_why(now: datetime) -> None:
    talks(ambassador("Steady"), 5, 12, 40, 60)
    talks(ambassador("Silent"), 40, 60)
    talks(ambassador("Fewer"), 3, 35, 40, 45, 50, 55, 60)
    talks(ambassador("Away", seen=40), 5)
    talks(ambassador("Missed", grace_until=now + DAY), 5)
    ambassador("Pausing", state="paused")
    ambassador("New", days=20, seen=40)

    assert signs(now) == {
        "Steady": [],
        "Silent": [overview.SILENT],
        "Fewer": [overview.FEWER],
        "Away": [overview.AWAY],
        "Missed": [overview.UNRENEWED],
        "Pausing": [overview.PAUSED],
        "New": [],
    }


def test_those_with_signs_come_first_then_the_busiest(now: datetime) -> None:
    talks(ambassador("Busy"), 1, 2, 3)
    talks(ambassador("Calm"), 1)
    ambassador("Silent")
    assert [row.ambassador.member.display_name for row in overview.people(now)] == ["Silent", "Busy", "Calm"]


def test_helping_one_customer_costs_all_fees_by_all_people(now: datetime) -> None:
    mara = ambassador("Mara").member
    for fee in ("4.50", "5.50"):
        pay_world.bare(mara, fee=fee, at=now - DAY)
    pay_world.bare(mara, fee="9.00", at=now - 91 * DAY)
    pay_world.bare(mara, fee="9.00", at=now - DAY, state="not_qualified", why="spam")

    [cost] = overview.costs(now)

    assert (cost.fees, cost.people, cost.each, cost.currency) == (Decimal("10.00"), 2, Decimal("5.00"), "EUR")


def test_talks_are_spread_over_those_who_are_active(now: datetime) -> None:
    talks(ambassador("Busy"), 1, 2, 3)
    talks(ambassador("Calm"), 1)
    ambassador("Pausing", state="paused")
    found = overview.spread(overview.people(now))
    assert (found.gini, found.top_share, found.people) == (0.25, 0.75, 2)


def test_weeks_count_talks_and_people() -> None:
    mara, aylin = ambassador("Mara"), ambassador("Aylin")
    talks(mara, 0, 0, 7)
    talks(aylin, 0)
    found = overview.weeks(timezone.now())
    before, last = found[-2:]
    assert (len(found), (last.talks, last.people), (before.talks, before.people)) == (8, (3, 2), (1, 1))


def test_nothing_is_no_fault(now: datetime) -> None:
    assert (overview.costs(now), overview.people(now), overview.spread([]).gini) == ([], [], None)
    assert {count for _label, count in overview.funnel(now)} == {0}
