"""Helping over HTTP: who may, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from chat.models import Conversation, Offer, Responder, Visit
from chat.services import help as helping
from community.models import Member, Role
from tests import factories
from tests.chat import desks, world

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]
BASE = "/api/v1/"
PERSONS = ("stranger", "member", "mara", "jonas", "ben", "manager", "asker")
NO = (401, 404, 404, 404, 404, 404, 401)


@pytest.fixture
def mara() -> Responder:
    return desks.responder()


def asking(by: APIClient, **more: Any) -> int:
    """A visitor asks and wants a person; returns the conversation."""
    made = by.post(f"{BASE}conversations/", {"phase": "before", "language": "en", **more}, format="json").json()
    by.post(f"{BASE}conversations/{made['id']}/person/")
    return int(made["id"])


def visiting() -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Visitor {world.visit('Katharina')[1]}")
    return client


def clients(api_for: ApiFor, mara: Responder, asker: APIClient) -> dict[str, APIClient]:
    people = (
        None,
        factories.member(),
        mara.member,
        desks.responder(name="Jonas", available=False).member,
        desks.agent(available=False).member,
        factories.member("Clara", Role.MANAGER),
    )
    return dict(zip(PERSONS, [*(api_for(one) for one in people), asker], strict=True))


#: What is asked for, whether Mara helps by then, and the status for each of ``PERSONS``.
TABLE: list[tuple[str, str, Any, bool, tuple[int, ...]]] = [
    ("get", "availability/", None, False, (401, 404, 200, 200, 200, 404, 401)),
    ("put", "availability/", {"available": True}, False, (401, 404, 200, 200, 200, 404, 401)),
    ("get", "offers/", None, False, (401, 404, 200, 200, 200, 404, 401)),
    ("post", "offers/{offer}/accept/", None, False, (401, 404, 200, 404, 404, 404, 401)),
    ("post", "offers/{offer}/decline/", None, False, (401, 404, 204, 404, 404, 404, 401)),
    ("post", "conversations/{talk}/handover/", {"to": "agents"}, False, NO),
    ("post", "conversations/{talk}/handover/", {"to": "agents"}, True, (401, 404, 200, 404, 404, 404, 401)),
    ("post", "conversations/{talk}/close/", None, True, (401, 404, 200, 404, 404, 404, 200)),
]


@pytest.mark.parametrize(("method", "path", "body", "helps", "expected"), TABLE)
def test_each_person_gets_what_the_table_says(
    api_for: ApiFor, mara: Responder, method: str, path: str, body: Any, helps: bool, expected: tuple[int, ...]
) -> None:
    asker = visiting()
    talk = asking(asker)
    offer = Offer.objects.get()
    if helps:
        api_for(mara.member).post(f"{BASE}offers/{offer.pk}/accept/")
    address = BASE + path.format(talk=talk, offer=offer.pk)
    answers = {}
    # Those who may nothing first: what is allowed moves the conversation on.
    order = sorted(PERSONS, key=lambda name: expected[PERSONS.index(name)] < 300)
    crowd = clients(api_for, mara, asker)
    for name in order:
        kwargs = {} if body is None else {"data": body, "format": "json"}
        answers[name] = getattr(crowd[name], method)(address, **kwargs).status_code
        assert answers[name] != 500
    assert tuple(answers[name] for name in PERSONS) == expected


def test_a_talk_over_http_from_the_question_to_its_end(api_for: ApiFor, mara: Responder) -> None:
    asker, helper = visiting(), api_for(mara.member)
    talk = asking(asker, question="Is it loud?")
    (offer,) = helper.get(f"{BASE}offers/").json()
    assert (offer["conversation"], offer["state"]) == (talk, "open")

    accepted = helper.post(f"{BASE}offers/{offer['id']}/accept/").json()

    assert (accepted["id"], accepted["state"], accepted["target"]) == (talk, "active", "ambassadors")
    assert helper.get(f"{BASE}availability/").json()["load"] == 1
    assert [row["body"] for row in helper.get(f"{BASE}conversations/{talk}/messages/").json()["results"]][:1] == [
        "Is it loud?"
    ]
    assert asker.post(f"{BASE}conversations/{talk}/close/").json()["state"] == "closed"
    assert helper.get(f"{BASE}availability/").json()["load"] == 0


def test_what_is_left_out_of_availability_stays(api_for: ApiFor, mara: Responder) -> None:
    helper = api_for(mara.member)
    told = {"capacity": 3, "schedule": [{"weekday": 0, "from": "09:00", "until": "17:30"}]}
    assert helper.put(f"{BASE}availability/", told, format="json").status_code == 200
    answer = helper.put(f"{BASE}availability/", {"available": False}, format="json").json()
    assert (answer["available"], answer["capacity"], answer["schedule"]) == (False, 3, told["schedule"])


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"capacity": 13}, "bad_capacity"),
        ({"languages": ["fr"]}, "bad_languages"),
        ({"schedule": [{"weekday": 0, "from": "17:00", "until": "09:00"}]}, "bad_times"),
    ],
)
def test_times_that_no_week_has_are_refused(api_for: ApiFor, mara: Responder, told: Any, code: str) -> None:
    helper = api_for(mara.member)
    answer = helper.put(f"{BASE}availability/", told, format="json")
    mara.refresh_from_db()
    assert (answer.status_code, answer.json()["code"], mara.capacity, mara.schedule) == (422, code, 2, [])


def test_an_offer_that_is_over_is_refused(api_for: ApiFor, mara: Responder) -> None:
    talk = asking(visiting())
    helping.leave(asked=Conversation.objects.get(pk=talk).help, at=timezone.now())
    offer = Offer.objects.get()
    helper = api_for(mara.member)
    answer = helper.post(f"{BASE}offers/{offer.pk}/accept/")
    assert (answer.status_code, answer.json()["code"]) == (409, "offer_gone")
    mara.refresh_from_db()
    assert (Offer.objects.get().state, mara.load, Conversation.objects.get().state) == ("withdrawn", 0, "left_message")


def test_a_visit_is_kept_only_with_consent_and_once(mara: Responder) -> None:
    visitor = visiting()
    where = {"page_url": "https://shop.example/espresso/?coupon=SECRET#top", "cart_value": "99.00"}
    for consent in (False, True, True):
        told = {**where, "consent": consent}
        assert visitor.put(f"{BASE}widget/context/", told, format="json").status_code == 204
    kept = Visit.objects.get().situation
    assert (kept["page"], kept["cart"], kept["phase"]) == ("https://shop.example/espresso/", "99.00", "before")
