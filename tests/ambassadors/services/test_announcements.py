"""Who is told that a product test is open: those who may apply, once each, by a worker that takes them in batches."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ambassadors.models import ProductTest
from ambassadors.services import announcements, product_tests
from community.models import Member, Notification, Role
from community.queries import notifications as reading
from community.services import channels
from tests import factories
from tests.ambassadors import product_tests as world

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def told() -> list[int]:
    rows = Notification.objects.filter(kind=announcements.OPENED)
    return list(rows.order_by("member_id").values_list("member_id", flat=True))


def announced(*, limit: int = announcements.BATCH) -> int:
    """Let the worker run until nobody is left; return how often it did."""
    runs = 1
    while announcements.announce(at=NOW, limit=limit):
        runs += 1
    return runs


def people(count: int) -> list[Member]:
    return [factories.member(f"Somebody {number}", at=NOW - timedelta(days=90)) for number in range(count)]


def test_those_who_may_apply_are_told_once_each_in_batches() -> None:
    some = people(5)
    factories.member("New here", at=NOW - timedelta(days=3))
    factories.member("Ben Vogt", Role.AGENT, at=NOW - timedelta(days=90))
    test = world.recruiting(at=NOW, least_days=30)

    assert announced(limit=2) == 3
    assert announced(limit=2) == 1

    assert told() == [one.pk for one in some]
    row = Notification.objects.filter(member=some[0]).get()
    assert (row.facts["slug"], row.facts["title_de"], row.facts["until"]) == (
        test.slug,
        "Um sechs mahlen, ohne jemanden zu wecken",
        test.apply_until.isoformat(),
    )
    assert ProductTest.objects.get().announced_at == NOW


def test_opening_tells_nobody_itself_however_many_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for count in (1, 30):
        people(count)
        test = world.draft(at=NOW)
        with django_assert_num_queries(13):
            product_tests.open_(test=test, by=test.host, at=NOW)
    assert told() == []


def test_a_batch_costs_the_same_with_one_member_and_with_thirty(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for count in (1, 30):
        people(count)
        world.recruiting(at=NOW)
        with django_assert_num_queries(10):
            announcements.announce(at=NOW)


def test_whoever_turned_it_off_or_has_applied_is_not_told() -> None:
    quiet, eager, other = people(3)
    channels.choose(member=quiet, channels={announcements.GROUP.name: "off"})
    test = world.recruiting(at=NOW)
    world.applied(test, eager, at=NOW)
    announced()
    assert told() == [other.pk]


def test_it_goes_by_mail_only_to_those_who_chose_that() -> None:
    plain, keen = people(2)
    channels.choose(member=keen, channels={announcements.GROUP.name: "daily"})
    world.recruiting(at=NOW)
    announced()
    rows = Notification.objects.filter(kind=announcements.OPENED)
    assert {row.member_id: row.mail_after is None for row in rows} == {plain.pk: True, keen.pk: False}


def test_what_takes_no_applications_is_not_told_and_no_longer_shown() -> None:
    (somebody,) = people(1)
    test = world.recruiting(at=NOW)
    announced()
    assert [row.kind for row in reading.latest(somebody, 5)] == [announcements.OPENED]
    late = world.recruiting(at=NOW)
    product_tests.cancel(test=test, by=test.host, reason="The grinder is not ready.", at=NOW)
    product_tests.cancel(test=late, by=late.host, reason="The grinder is not ready.", at=NOW)

    announced()

    assert told() == [somebody.pk]
    assert reading.latest(somebody, 5) == []


def test_a_form_that_was_open_meanwhile_does_not_tell_everybody_again() -> None:
    (somebody,) = people(1)
    stale = world.recruiting(at=NOW)
    announced()
    stale.picture = "demo/mahl-one.svg"
    product_tests.store(test=stale)
    assert ProductTest.objects.get(pk=stale.pk).announced_at == NOW
    assert told() == [somebody.pk]
