"""The rules that every installation begins with: kind to many, deaf to two who praise one another all week."""

from __future__ import annotations

import pytest

from gamification.models import Balance, Decision
from tests import factories
from tests.gamification.holding import people, thank


@pytest.mark.django_db
def test_two_friends_cannot_lift_one_another_without_end() -> None:
    one, other = people("Tomke Brandt", "Runa Falk")
    thank(one, other, 7)
    thank(factories.member("Ida Lund"), other, 1)
    factories.work_off()

    assert Balance.objects.get(member=other, currency="reputation").value == 6 * 5
    capped = Decision.objects.filter(member=other, outcome=Decision.Outcome.CAPPED)
    assert capped.count() == 2
