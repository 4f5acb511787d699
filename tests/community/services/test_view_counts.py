"""How often questions are opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from community.models import Member, Thread
from community.services import view_counts
from tests import factories

pytestmark = pytest.mark.django_db

NOW = timezone.now()
MINUTE = timedelta(minutes=1)


def views(thread: Thread) -> int:
    return Thread.objects.values_list("view_count", flat=True).get(pk=thread.pk)


def test_views_arrive_a_minute_later_and_once(thread: Thread) -> None:
    other = factories.thread()
    for _ in range(3):
        view_counts.note(thread=thread.pk, at=NOW)
    view_counts.note(thread=other.pk, at=NOW)
    assert (view_counts.bring(at=NOW), views(thread)) == (0, 0)
    assert (view_counts.bring(at=NOW + MINUTE), views(thread), views(other)) == (4, 3, 1)
    assert (view_counts.bring(at=NOW + MINUTE), views(thread)) == (0, 3)


def test_a_beat_that_comes_late_finds_every_minute(thread: Thread) -> None:
    for passed in range(3):
        view_counts.note(thread=thread.pk, at=NOW + passed * MINUTE)
    assert (view_counts.bring(at=NOW + 4 * MINUTE), views(thread)) == (3, 3)


def test_every_reader_of_the_page_counts_and_nobody_else(
    thread: Thread, member: Member, client_for: Callable[[Member], Client]
) -> None:
    address = thread.get_absolute_url()
    Client().get(address)
    client_for(member).get(address)
    Client().head(address)
    Client().get(address, headers={"user-agent": "Searchbot/2.1"})
    Client().get(address, headers={"sec-purpose": "prefetch"})
    Client().get(f"/threads/{thread.pk}/")
    Client().get("/threads/")
    Client().get("/threads/999999/nothing/")
    assert view_counts.bring(at=timezone.now() + MINUTE) == 2


def test_a_page_kept_for_visitors_counts_each_time(thread: Thread, settings: Settings) -> None:
    settings.VISITOR_PAGES_KEPT = 60
    visitor = Client()
    for _ in range(3):
        visitor.get(thread.get_absolute_url())
    assert view_counts.bring(at=timezone.now() + MINUTE) == 3
