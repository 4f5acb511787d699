"""A public value in the draw: named at the opening, unknown when the list is closed, and then part of the seed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ambassadors import lottery
from ambassadors.models import Draw, ProductTest, Tester
from ambassadors.queries import draws as queries
from ambassadors.queries import test_checks
from ambassadors.services import draws, product_tests, public_chance
from tests.ambassadors import product_tests as world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
KNOWN = NOW + world.WEEK + timedelta(days=2)
LOTTERY: dict[str, Any] = {"chance_de": "Lotto am Samstag", "chance_en": "Saturday's lottery", "chance_at": KNOWN}


def closed() -> ProductTest:
    """A test that waits for its public value."""
    test = world.recruiting(seats=1, at=NOW, **LOTTERY)
    world.applied(test), world.applied(test)
    draws.close_applications(test=test, by=None, at=test.apply_until)
    return test


def draw(test: ProductTest, value: str = "45, 3, 11", *, early: bool = False) -> Draw:
    return draws.draw_seats(test=test, by=test.host, value=value, at=KNOWN - timedelta(seconds=1) if early else KNOWN)


def test_it_is_published_from_the_opening_on_and_bound_to_the_list() -> None:
    test = closed()
    file = queries.published(Draw.objects.get(test=test))
    assert (file["chance"], file["value"]) == (queries.chance(test.draw), "")
    bare = lottery.list_hash(test.draw.candidates, seats=1, quotas={})
    assert file["list_hash"] not in ("", bare)


def test_the_value_is_mixed_into_the_seed_published_and_found_right_by_verify() -> None:
    drawn = draw(closed())
    file = queries.published(drawn)
    people = [lottery.Candidate(row["number"], row["tickets"]) for row in drawn.candidates]
    seed = bytes.fromhex(str(file["seed"]))
    assert file["value"] == "3 11 45"
    assert file["ranking"] == lottery.rank(people, lottery.drum(seed, "3 11 45"))
    assert list(test_checks.drawn()) == []

    assert lottery.drum(seed, "3 11 46") != lottery.drum(seed, "3 11 45")

    Draw.objects.filter(pk=drawn.pk).update(ranking=list(reversed(drawn.ranking)))
    assert [one.check for one in test_checks.drawn()] == ["draws"]


def test_nothing_is_drawn_before_it_can_be_known_and_nothing_without_numbers() -> None:
    test = closed()
    with refused(public_chance.NotKnownYet):
        draw(test, early=True)
    for typed in ("", "eleven"):
        with refused(public_chance.NoNumbers):
            draw(test, typed)


def test_the_clock_does_not_draw_it() -> None:
    test = closed()
    draws.work_off(at=KNOWN + world.WEEK)
    assert (Draw.objects.get().drawn_at, set(Tester.objects.values_list("rank", flat=True))) == (None, {None})
    assert test.draw.chance_at == KNOWN


def test_a_list_that_comes_after_it_proves_nothing() -> None:
    test = world.recruiting(seats=1, at=NOW, **LOTTERY)
    with refused(public_chance.KnownAlready):
        draws.close_applications(test=test, by=test.host, at=KNOWN)
    draws.work_off(at=KNOWN)
    test.refresh_from_db()
    assert test.state == ProductTest.State.RECRUITING


@pytest.mark.parametrize(
    "half", [{"chance_at": None}, {"chance_de": "", "chance_en": ""}, {"chance_at": NOW + 3 * world.WEEK}],
    ids=["no time", "no words", "after the selection"],
)  # fmt: skip
def test_half_a_promise_does_not_open(half: dict[str, Any]) -> None:
    test = world.draft(at=NOW, **{**LOTTERY, **half})
    with refused(public_chance.HalfNamed):
        product_tests.open_(test=test, by=test.host, at=NOW)


@pytest.mark.parametrize("change", [{"chance_at": KNOWN + timedelta(hours=1)}, {"chance_en": "Another lottery"}])
def test_it_stays_once_the_test_is_open(change: dict[str, Any]) -> None:
    test = world.recruiting(at=NOW, **LOTTERY)
    for name, value in change.items():
        setattr(test, name, value)
    with refused(product_tests.Promised):
        product_tests.store(test=test)


def test_the_database_itself_keeps_the_order() -> None:
    drawn = draw(closed())
    for rows, change in (
        (ProductTest.objects.filter(pk=drawn.test_id), {"chance_at": drawn.test.apply_until}),
        (Draw.objects.filter(pk=drawn.pk), {"listed_at": KNOWN}),
        (Draw.objects.filter(pk=drawn.pk), {"value": ""}),
        (Draw.objects.filter(pk=drawn.pk), {"chance_at": None}),
        (Draw.objects.filter(pk=drawn.pk), {"drawn_at": None}),
        (Draw.objects.filter(pk=drawn.pk), {"drawn_at": KNOWN - timedelta(seconds=1)}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
