"""Without Redis a node of a grown installation still answers, and still does what it is asked to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from community.models import Answer, Member, Vote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_redis(settings: Settings) -> None:
    shared = {"BACKEND": "config.caches.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "default": shared}


@pytest.mark.parametrize("path", ["/", "/threads/", "/accounts/login/"])
def test_pages_are_shown(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_deeds_are_done(answer: Answer, member: Member, client_for: Callable[[Member], Client]) -> None:
    path = f"/threads/{answer.thread_id}/answers/{answer.pk}/vote/"
    assert client_for(member).post(path, {"value": "1"}).status_code == 303
    assert Vote.objects.get().value == 1


def test_nothing_is_kept() -> None:
    cache.set("key", "value")
    assert (cache.add("key", "value"), cache.incr("key"), cache.delete("key"), cache.get("key")) == (
        True,
        1,
        False,
        None,
    )
