"""Along every address with a silenced and a suspended member: refused with nothing changed, or open for a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone, translation
from pytest_django.plugin import DjangoDbBlocker

from community import limits
from community.models import Member
from community.refusals import Refusal
from gamification.services import issuing
from tests.community.addresses import API, BY_KEY, PAGES, STORES_NOTHING, Address
from tests.community.sanctioned_world import World, impose
from tests.unchanged import rows

pytestmark = pytest.mark.django_db

ALL = (*PAGES, *(replace(address, path=f"/api/v1/{address.path}") for address in API))
#: Addresses of packages and of the admin: allauth's concern the account, the admin is the team's.
FOREIGN = ("accounts/", "_allauth/", "admin/", "language/", "media/", "static/")
#: What is not looked for row by row is what no statement touched.
WRITES = re.compile(r'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "(?:ambassadors|chat|community|gamification)_')
OF_THE_SHOP = {limits.SHOP, limits.SHOP_COUPONS}
METHODS = ("post", "put", "patch", "delete")


def walked() -> Iterator[tuple[str, str]]:
    """Method and route of every address of ours that takes something."""
    for route, pattern in _patterns(get_resolver()):
        if route.startswith(FOREIGN):
            continue
        view: Any = pattern.callback
        found = {name for name in METHODS if hasattr(view.cls, name)} if hasattr(view, "cls") else _taken(view)
        yield from ((method, route) for method in sorted(found))


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern), pattern


def _taken(view: Callable[..., Any]) -> set[str]:
    """What a function takes, as its decorator says when asked by a method that nobody has."""
    try:
        allowed = view(RequestFactory().generic("NOTHING", "/")).headers.get("Allow", "")
    except Exception:  # noqa: BLE001 - without the decorator it was run, and takes whatever comes
        allowed = ""
    return {name for name in METHODS if name.upper() in allowed}


def test_the_walk_knows_every_address() -> None:
    known = {(address.method, resolve(re.sub(r"{.+?}", "1", address.path)).route) for address in ALL}
    assert set(walked()) == known | set(BY_KEY)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Return all of it, made once, with a key for badges that is made quickly; nothing of it is stored for good."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(issuing, "BITS", 2048)
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def clock(world: World) -> Iterator[time_machine.Traveller]:
    """Stop the clock a second after the world was made: an offer would end while a busy machine walks along."""
    with time_machine.travel(world.made + timedelta(seconds=1), tick=False) as clock:
        yield clock


def along(world: World, clock: time_machine.Traveller) -> Iterator[tuple[Address, Any, bool]]:
    """Each address, what it answered, and whether anything changed; the next one finds everything as it was.

    A success that wrote has changed something; what was refused is looked at row by row. By the clock it all happens
    within a second, and so within the window of a limit.
    """
    before = rows()
    for address in ALL:
        clock.shift(timedelta(milliseconds=1))
        with transaction.atomic(), CaptureQueriesContext(connection) as statements:
            response = world.ask(address)
            wrote = any(WRITES.match(statement["sql"]) for statement in statements)
            changed = wrote and (response.status_code < 400 or rows() != before)
            transaction.set_rollback(True)
        yield address, response, changed


def everybody(world: World) -> list[Member]:
    """Who asks, as stored: what a walk before found out about them is not remembered."""
    return list(Member.objects.filter(pk__in=[member.pk for member in world.people.values()]))


def did_it(address: Address, response: Any, changed: bool) -> bool:
    """Whether what was asked for has happened."""
    return response.status_code < 400 and changed is (address.path not in STORES_NOTHING)


def said_no(response: Any, refusal: type[Refusal]) -> bool:
    """Whether the answer, or the page that it leads to, says so."""
    if response.status_code == 303:
        response = response.client.get(response["Location"])
    elif response.status_code != refusal.status:
        return False
    with translation.override("en"):
        said = str(refusal.message).partition(".")[0]
    return said in response.content.decode()


def test_each_of_them_does_something_for_who_is_free(world: World, clock: time_machine.Traveller) -> None:
    idle = {
        f"{address.method} {address.path}: {response.status_code}"
        for address, response, changed in along(world, clock)
        if not did_it(address, response, changed)
    }
    assert idle == set()


@pytest.mark.same_everywhere
@pytest.mark.parametrize(("grade", "refusal"), [("silence", limits.Silenced), ("suspension", limits.Suspended)])
def test_a_sanction_closes_all_but_what_has_a_reason(
    world: World, clock: time_machine.Traveller, grade: str, refusal: type[Refusal]
) -> None:
    for member in everybody(world):
        impose(member, world.clara, grade)
    wrong = []
    for address, response, changed in along(world, clock):
        open_for = address.silenced if grade == "silence" else address.suspended
        if not (did_it(address, response, changed) if open_for else said_no(response, refusal) and not changed):
            wrong.append(f"{address.method} {address.path}: {response.status_code}, changed: {changed}")

    assert wrong == []


@pytest.mark.same_everywhere
def test_each_of_them_spends_a_limit(world: World, clock: time_machine.Traveller) -> None:
    # Those of the shop's server are spent by its keys.
    for limit in {found for found in vars(limits).values() if isinstance(found, limits.Limit)} - OF_THE_SHOP:
        for _ in range(limit.most):
            for member in everybody(world):
                limits.spend(limit, member=member, at=timezone.now())
    wrong = [
        f"{address.method} {address.path}: {response.status_code}, changed: {changed}"
        for address, response, changed in along(world, clock)
        if not said_no(response, limits.TooFast) or changed
    ]

    assert wrong == []
