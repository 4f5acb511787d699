"""Whoever waits hears where they stand as soon as the line moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from chat import frames
from chat.models import HelpRequest
from chat.services import help as helping
from chat.services import offers
from community import live
from tests.chat import desks

pytestmark = pytest.mark.django_db
NOW = timezone.now()
Deed = Callable[[HelpRequest], object]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The last place that was told to each conversation."""
    places: dict[str, Any] = {}

    def note(group: str, event: dict[str, Any]) -> None:
        if place := event.get("frame", {}).get("place"):
            places[group] = place["position"]

    monkeypatch.setattr(live, "publish", note)
    return places


def waiting(count: int) -> list[HelpRequest]:
    """So many who wait for the team, in their order."""
    return [desks.asked(target="agents", queued_at=NOW + timedelta(seconds=number)) for number in range(count)]


@pytest.mark.parametrize(
    "leaves",
    [
        lambda asked: helping.leave(asked=asked, at=NOW),
        lambda asked: helping.close(asked=asked, by=asked.visitor, at=NOW),
        lambda asked: offers.take(asked=asked, responder=desks.agent(available=False), at=NOW),
    ],
    ids=["leaves", "closes", "is taken"],
)
def test_who_leaves_lets_the_others_move_up(
    told: dict[str, Any], leaves: Deed, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    desks.agent("Ida Busy", load=2)
    first, second, third = waiting(3)
    with django_capture_on_commit_callbacks(execute=True):
        leaves(first)
    assert told == {frames.group(second.conversation_id): 1, frames.group(third.conversation_id): 2}
