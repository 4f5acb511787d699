"""One's own held points: what is held, why, and the appeal. Nobody else finds the page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gamification.models import Hold, HoldCase
from gamification.services import holds
from tests import factories
from tests.gamification.holding import clara, found, hold_of
from tests.staff import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


def test_the_member_reads_what_is_held_and_why() -> None:
    _case, (one, _other) = found()
    client = browser(one)
    hold = hold_of(one)

    listed = client.get("/points/holds/").content.decode()
    shown = client.get(hold.get_absolute_url()).content.decode()

    assert (hold.get_absolute_url() in listed, "waits for a look" in listed) == (True, True)
    assert [
        'href="/points/holds/"' in browser(member).get("/points/").content.decode()
        for member in (one, factories.member())
    ] == [True, False]
    assert "Two members gave to one another 6 and 6 times" in shown
    assert shown.count("Because of answer.found_helpful.") == 6
    assert "Runa Falk" not in shown


def test_the_pages_cost_the_same_however_much_is_held() -> None:
    costs = []
    for times in (5, 20):
        _case, (one, _other) = found(times)
        client = browser(one)
        for address in ("/points/holds/", hold_of(one).get_absolute_url()):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            costs.append(len(queries))
    assert costs[:2] == costs[2:]


def test_the_member_appeals_once() -> None:
    _case, (one, _other) = found()
    client, address = browser(one), hold_of(one).get_absolute_url()

    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "We share <b>a kitchen</b>."}).status_code == 303
    assert client.post(address, {"text": "Again."}).status_code == 409

    assert Hold.objects.get(member=one).appeal == "We share <b>a kitchen</b>."
    assert "We share &lt;b&gt;a kitchen&lt;/b&gt;." in client.get(address).content.decode()


def test_the_decision_and_the_answer_stand_there() -> None:
    case, (one, _other) = found()
    holds.decide(case=case, release=False, statement="Too even.", by=clara(), at=timezone.now())
    client, address = browser(one), hold_of(one).get_absolute_url()
    assert "Too even." in client.get(address).content.decode()

    client.post(address, {"text": "We share a kitchen."})
    second = clara("Jonte Meyer")
    holds.decide(case=case, release=True, statement="You are right.", by=second, at=timezone.now())

    shown = client.get(address).content.decode()
    assert ("You are right." in shown, "counts again" in shown, "Send the appeal" in shown) == (True, True, False)


@pytest.mark.parametrize("who", ["stranger", "other", "manager"])
def test_nobody_else_finds_it(who: str) -> None:
    _case, (one, _other) = found()
    address = hold_of(one).get_absolute_url()
    client = browser({"stranger": None, "other": factories.member(), "manager": clara()}[who])
    status = 302 if who == "stranger" else 404
    assert [client.get(address).status_code, client.post(address, {"text": "Mine."}).status_code] == [status] * 2
    assert HoldCase.objects.get().waiting == 2
