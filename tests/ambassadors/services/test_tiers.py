"""Tiers at night: reached, renewed, warned of, lost, each with its numbers; and the fee that follows."""

from datetime import timedelta
from decimal import Decimal

import pytest

from ambassadors.models import Ambassador, Tier, TierChange, TierFee
from ambassadors.queries import programme as reading
from ambassadors.services import fees, tiers
from community.models import Notification, Standing
from tests import factories
from tests.ambassadors import pay_world
from tests.ambassadors import programme_world as world
from tests.ambassadors.programme_world import DAY, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone() -> Ambassador:
    """Somebody on the first tier; the second asks for two consultations, one of them recent, the third for ten."""
    second, third = Tier.objects.get(position=2), Tier.objects.get(position=3)
    nothing = {"rating": None, "window_rating": None}
    Tier.objects.filter(pk=second.pk).update(consultations=2, window_consultations=1, validity_months=12, **nothing)
    Tier.objects.filter(pk=third.pk).update(consultations=10, window_consultations=0, **nothing)
    return world.active(at=NOW - 700 * DAY)


def changes(of: Ambassador) -> list[tuple[str, int]]:
    rows = TierChange.objects.filter(ambassador=of).order_by("id")
    return [(change.cause, change.after.position) for change in rows]


def test_whoever_meets_the_criteria_rises_at_night_once(someone: Ambassador) -> None:
    for _ in range(2):
        pay_world.bare(someone.member, at=NOW - DAY)
    assert (tiers.review(at=NOW), tiers.review(at=NOW + timedelta(hours=1))) == (1, 0)
    someone.refresh_from_db()
    assert changes(someone) == [("begun", 1), ("reached", 2)]
    assert someone.tier_until == NOW.replace(year=NOW.year + 1)
    assert TierChange.objects.latest("id").facts["consultations"] == 2
    assert Standing.objects.get(member=someone.member).tier == {"de": "Senior Guide", "en": "Senior Guide"}
    assert Notification.objects.filter(member=someone.member, kind="ambassador.tier").count() == 1
    assert fees.of(someone.member, NOW).amount == Decimal("5.50")


def test_what_does_not_count_lifts_nobody(someone: Ambassador) -> None:
    for state in ("not_qualified", "disputed", "closed"):
        pay_world.bare(someone.member, at=NOW - DAY, state=state)
    assert tiers.review(at=NOW) == 0


def test_a_missed_renewal_is_warned_of_first_and_the_tier_is_lost_after_the_grace(someone: Ambassador) -> None:
    clara = factories.member("Clara")
    second = Tier.objects.get(position=2)
    tiers.put(ambassador=someone, tier=second, by=clara, at=NOW - 400 * DAY, reason="She was here before us.")
    assert tiers.review(at=NOW) == 1
    someone.refresh_from_db()
    assert (someone.tier, someone.grace_until) == (second, NOW + 30 * DAY)
    assert tiers.review(at=NOW + DAY) == 0
    assert tiers.review(at=NOW + 30 * DAY) == 1
    someone.refresh_from_db()
    assert (someone.tier and someone.tier.position, someone.grace_until) == (1, None)
    assert changes(someone) == [("begun", 1), ("set", 2), ("warned", 2), ("lost", 1)]


def test_whoever_makes_up_for_it_within_the_grace_keeps_the_tier(someone: Ambassador) -> None:
    second = Tier.objects.get(position=2)
    tiers.put(
        ambassador=someone, tier=second, by=factories.member("Clara"), at=NOW - 400 * DAY, reason="Earlier merits."
    )
    tiers.review(at=NOW)
    pay_world.bare(someone.member, at=NOW + DAY)
    assert tiers.review(at=NOW + 2 * DAY) == 1
    assert changes(someone)[-1] == ("renewed", 2)


def test_a_tier_by_hand_needs_a_reason(someone: Ambassador) -> None:
    with pytest.raises(tiers.ReasonMissing):
        tiers.put(
            ambassador=someone, tier=Tier.objects.get(position=3), by=factories.member("Clara"), at=NOW, reason=" "
        )
    assert changes(someone) == [("begun", 1)]


def test_a_fee_counts_from_its_day_on(someone: Ambassador) -> None:
    TierFee.objects.create(tier=Tier.objects.get(position=1), amount=Decimal("5.00"), valid_from=NOW + DAY)
    assert [fees.of(someone.member, at).amount for at in (NOW, NOW + DAY)] == [Decimal("4.50"), Decimal("5.00")]


def test_progress_names_the_next_tier_and_what_is_missing(someone: Ambassador) -> None:
    pay_world.bare(someone.member, at=NOW - DAY)
    progress = reading.tier_progress(someone, NOW)
    assert (progress.tier and progress.tier.position, progress.next and progress.next.position) == (1, 2)
    assert [(one.name, one.has, one.needs) for one in progress.criteria] == [
        ("consultations", Decimal(1), Decimal(2)), ("window_consultations", Decimal(1), Decimal(1))
    ]  # fmt: skip
