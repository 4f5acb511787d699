"""Being there: what helpers change of themselves, and who may help at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from chat import access
from chat.models import Responder
from chat.queries import responders as rows
from chat.services import availability, responders
from community.access import NotFound
from community.models import Role
from community.refusals import Refusal
from community.services import roles
from tests import factories
from tests.chat import desks
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
TIMES = [{"weekday": 0, "from": "09:00", "until": "12:00"}]


def test_only_what_is_given_changes() -> None:
    mara, now = desks.responder(capacity=3, schedule=TIMES), timezone.now()

    changed = availability.change(responder=mara, available=False, languages=["en"], at=now)

    assert (changed.available, changed.languages, changed.capacity, changed.schedule) == (False, ["en"], 3, TIMES)
    assert changed.seen_at == now


def test_nothing_but_the_three_words_is_kept_of_a_time() -> None:
    changed = availability.change(
        responder=desks.responder(), schedule=[{**TIMES[0], "note": "x" * 9000}], at=timezone.now()
    )

    assert changed.schedule == TIMES


@pytest.mark.parametrize(
    "change",
    [
        {"capacity": 0},
        {"capacity": 13},
        {"languages": []},
        {"languages": ["fr"]},
        {"schedule": [{"weekday": 9}]},
    ],
)
def test_what_nobody_can_be_is_refused(change: dict[str, Any]) -> None:
    mara = desks.responder()

    with unchanged(), pytest.raises(Refusal):
        availability.change(responder=mara, at=timezone.now(), **change)


def test_two_signs_of_life_close_together_are_one() -> None:
    now = timezone.now()
    mara = desks.responder(seen_at=now)

    availability.seen(responder=mara, at=now + timedelta(seconds=5))
    mara.refresh_from_db()
    soon = mara.seen_at
    availability.seen(responder=mara, at=now + timedelta(seconds=20))
    mara.refresh_from_db()

    assert (soon, mara.seen_at) == (now, now + timedelta(seconds=20))


@pytest.mark.parametrize("group", Responder.Group.values)
def test_nobody_helps_without_the_role(group: str) -> None:
    member = factories.member()

    with refused(responders.NoRole):
        responders.store(responder=Responder(member=member, group=group))


def test_with_the_role_goes_the_desk_at_once() -> None:
    ben = desks.agent()
    assert access.responder_for(ben.member) == ben

    roles.withdraw(member=ben.member, role=Role.AGENT)

    with pytest.raises(NotFound):
        access.responder_for(ben.member)


@pytest.mark.parametrize(("total", "count", "shown"), [(20, 4, None), (24, 5, "4.8"), (0, 0, None)])
def test_an_average_is_shown_from_five_ratings_on(total: int, count: int, shown: str | None) -> None:
    average = rows.average(desks.responder(rating_sum=total, rating_count=count))

    assert (None if average is None else str(average)) == shown
