"""Events over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from community.models import Member, Role
from tests import factories
from tests.ambassadors import event_world as world

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]


def test_what_is_coming_with_the_readers_registration(member: Member, api_for: ApiFor) -> None:
    event = world.event(capacity=1)
    world.register(event)
    world.register(event, member)

    [row] = api_for(member).get("/api/v1/events/").json()["results"]

    assert (row["id"], row["seats_free"], row["waiting"], row["invited"], row["link"]) == (event.pk, 0, 1, True, None)
    assert (row["registration"]["state"], row["registration"]["ticket"]) == ("waiting", None)


def test_a_seat_by_put_twice_and_back_by_delete(member: Member, api_for: ApiFor) -> None:
    event, api = world.event(), api_for(member)
    address = f"/api/v1/events/{event.pk}/registration/"
    states = [api.put(address).json()["state"] for _ in range(2)]
    assert (states, world.counters(event)) == (["registered"] * 2, (1, 0))
    assert [api.delete(address).status_code for _ in range(2)] == [204, 409]
    assert world.counters(event) == (0, 0)


@pytest.mark.parametrize(
    ("role", "fields", "status"),
    [
        ("stranger", {}, 401),
        (None, {}, 200),
        (None, {"is_public": False}, 404),
        (None, {"audience": "ambassadors"}, 404),
        (Role.AMBASSADOR, {"audience": "ambassadors"}, 200),
        (Role.AGENT, {"audience": "ambassadors"}, 403),
        (None, {"audience": "level", "min_level": 4}, 403),
    ],
)
def test_who_may_register(role: str | None, fields: dict[str, Any], status: int, api_for: ApiFor) -> None:
    event = world.event(**fields)
    who = None if role == "stranger" else factories.member("Somebody", *([Role(role)] if role else []))
    assert api_for(who).put(f"/api/v1/events/{event.pk}/registration/").status_code == status
    assert world.counters(event) == ((1, 0) if status == 200 else (0, 0))
