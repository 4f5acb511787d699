"""A product test from the opening to the end: what it promises is public before, and money and seats add up."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from ambassadors import machines
from ambassadors.models import Draw, Move, ProductTest, Tester
from ambassadors.queries import draws as queries
from ambassadors.queries import test_checks
from ambassadors.services import draws, invitations, moves, product_tests, testers
from community.models import Activity, Notification, Role
from gamification.models import Budget
from gamification.services import budgets
from tests import factories
from tests.ambassadors import product_tests as world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

State = ProductTest.State
Place = Tester.State
NOW = timezone.now()


def test_opening_publishes_a_commitment_and_keeps_the_seed_to_itself() -> None:
    test = world.recruiting(at=NOW)

    file = queries.published(test.draw)
    assert (file["commitment"], file["seed"], file["candidates"]) == (test.draw.commitment, "", [])
    assert len(test.draw.commitment) == 64
    assert test.draw.commitment not in test.draw.seed
    assert [deed.verb for deed in Activity.objects.all()] == ["test.opened"]


def test_two_openings_have_two_seeds() -> None:
    first, second = world.recruiting(at=NOW), world.recruiting(at=NOW)
    assert first.draw.commitment != second.draw.commitment


def test_segments_have_to_add_up() -> None:
    test = world.draft(quotas={"few": 1, "many": 2}, at=NOW)
    ProductTest.objects.filter(pk=test.pk).update(seats=4)
    with refused(product_tests.SeatsDoNotAddUp):
        product_tests.open_(test=test, by=test.host, at=NOW)


def test_what_is_over_before_it_begins_does_not_open() -> None:
    test = world.draft(at=NOW)
    with refused(product_tests.NotReady):
        product_tests.open_(test=test, by=test.host, at=test.apply_until)


def test_what_was_promised_stays_and_only_time_is_added() -> None:
    test = world.recruiting(at=NOW)
    test.apply_until += timedelta(days=1)
    for field, words in {"title_en": "Grind at five"}.items():
        setattr(test, field, words)
    product_tests.store(test=test)
    for name, value in (("seats", 1), ("least_level", 3), ("keeps", False), ("slug", "another")):
        changed = ProductTest.objects.get(pk=test.pk)
        setattr(changed, name, value)
        with refused(product_tests.Promised):
            product_tests.store(test=changed)
    shorter = ProductTest.objects.get(pk=test.pk)
    shorter.apply_until -= timedelta(hours=1)
    with refused(product_tests.Promised):
        product_tests.store(test=shorter)


def test_shipping_waits_for_every_invitation_and_ends_the_waiting_list() -> None:
    test = world.recruiting(seats=1, at=NOW)
    world.applied(test), world.applied(test)
    world.drawn(test)
    first, second = world.by_rank(test)
    with refused(product_tests.Undrawn):
        product_tests.ship(test=test, by=test.host, at=world.drawn_at(test))
    invitations.accept(tester=first, at=world.drawn_at(test))

    product_tests.ship(test=test, by=test.host, at=world.drawn_at(test))

    assert Tester.objects.get(pk=second.pk).state == Place.LOST
    assert world.told("test.not_drawn") == [second.member_id]


def test_a_test_that_is_not_drawn_is_not_sent() -> None:
    test = world.recruiting(at=NOW)
    draws.close_applications(test=test, by=None, at=test.apply_until)
    with refused(product_tests.Undrawn):
        product_tests.ship(test=test, by=test.host, at=test.apply_until)


def test_a_cancelled_test_tells_why_and_gives_its_budget_back() -> None:
    budget = Budget.objects.create(name="Samples", cap=Decimal(1000))
    test = world.recruiting(seats=2, budget=budget, worth=Decimal("149.00"), at=NOW)
    lena = world.applied(test)
    assert budgets.promised(budget=budget, kind="product_test", subject=test.pk) == Decimal(298)

    product_tests.cancel(test=test, by=test.host, reason="The motor gets too hot.", at=NOW)

    budget.refresh_from_db()
    assert (budget.reserved, budget.spent) == (Decimal(0), Decimal(0))
    told = Notification.objects.get(kind="test.cancelled")
    assert (told.member_id, told.facts["words"]) == (lena.member_id, "The motor gets too hot.")


def test_cancelling_needs_a_reason() -> None:
    test = world.recruiting(at=NOW)
    with refused(moves.ReasonMissing):
        product_tests.cancel(test=test, by=test.host, reason=" ", at=NOW)


def test_samples_that_are_sent_are_spent_and_the_rest_is_free_again() -> None:
    budget = Budget.objects.create(name="Samples", cap=Decimal(1000))
    test = world.recruiting(seats=3, budget=budget, worth=Decimal("149.00"), at=NOW)
    world.accepted(test)
    product_tests.ship(test=test, by=test.host, at=world.drawn_at(test))
    budget.refresh_from_db()
    assert (budget.reserved, budget.spent) == (Decimal(0), Decimal("149.00"))


def test_a_budget_that_has_no_room_keeps_the_test_closed() -> None:
    budget = Budget.objects.create(name="Samples", cap=Decimal(100))
    test = world.draft(seats=1, budget=budget, worth=Decimal("149.00"), at=NOW)
    with refused(budgets.BudgetUsedUp):
        product_tests.open_(test=test, by=test.host, at=NOW)


def test_what_is_kept_is_what_the_rows_say() -> None:
    test = world.recruiting(seats=1, at=NOW)
    world.accepted(test)
    assert [*test_checks.counters(), *test_checks.drawn()] == []

    ProductTest.objects.filter(pk=test.pk).update(applied=7)
    Draw.objects.filter(test=test).update(ranking=["somebody else"])
    assert [one.check for one in (*test_checks.counters(), *test_checks.drawn())] == ["product_tests", "draws"]


def test_a_team_member_is_not_among_those_who_may_apply() -> None:
    test = world.recruiting(at=NOW)
    ben = factories.member("Ben Krause", Role.AGENT)
    with refused(testers.NotEligible):
        world.applied(test, ben)


def test_each_step_that_the_machine_knows_is_taken_and_no_other() -> None:
    test = world.draft(at=NOW)
    for before in machines.PRODUCT_TEST.moves:
        for after in machines.PRODUCT_TEST.moves:
            ProductTest.objects.filter(pk=test.pk).update(state=before)
            test.refresh_from_db()
            if not machines.PRODUCT_TEST.allows(before, after):
                with refused(moves.NotPossible):
                    moves.make(subject=test, to=after, by=test.host, at=NOW, reason="So it is.")
                continue
            move = moves.make(subject=test, to=after, by=test.host, at=NOW, reason="So it is.")
            assert (move.before, move.after, move.by, move.reason) == (before, after, test.host, "So it is.")
    assert Move.objects.count() == sum(len(ways) for ways in machines.PRODUCT_TEST.moves.values())
