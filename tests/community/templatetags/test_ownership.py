"""Ownership beside names: on the page, over the API, hidden on request, at one query a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from rest_framework.test import APIClient

from community.models import Member, Product, Thread
from community.queries import ownership
from community.services import members
from tests import factories

pytestmark = pytest.mark.django_db

MARCH = datetime(2024, 3, 31, 22, 30, tzinfo=UTC)
WORDS = "Owns it since April 2024"


@pytest.fixture
def product() -> Product:
    return factories.product("aurora")


@pytest.fixture
def thread(product: Product) -> Thread:
    return factories.thread(product=product)


def page(thread: Thread) -> str:
    return Client().get(thread.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()


def test_who_bought_it_has_it_beside_the_name(thread: Thread, product: Product, ambassador: Member) -> None:
    factories.answer(thread, ambassador)
    assert WORDS not in page(thread)

    factories.purchase(ambassador, product, at=MARCH)

    assert page(thread).count(WORDS) == 1
    assert "Verified by an order in the shop" in page(thread)


def test_another_product_says_nothing(thread: Thread, ambassador: Member) -> None:
    factories.answer(thread, ambassador)

    factories.purchase(ambassador, factories.product("other"), at=MARCH)

    assert "Owns it since" not in page(thread)


def test_a_member_may_keep_it_to_themselves(
    thread: Thread, product: Product, ambassador: Member, client_for: Callable[[Member], Client]
) -> None:
    factories.answer(thread, ambassador)
    factories.purchase(ambassador, product, at=MARCH)
    profile = {"display_name": "Mara", "handle": ambassador.handle, "language": "en", "timezone": "Europe/Berlin"}

    client_for(ambassador).post("/settings/", profile)

    ambassador.refresh_from_db()
    assert ambassador.shows_ownership is False
    assert "Owns it since" not in page(thread)
    assert ownership.owners_who_help(product) == []


def test_the_api_tells_the_month(
    thread: Thread, product: Product, ambassador: Member, api_for: Callable[[Member | None], APIClient]
) -> None:
    factories.answer(thread, ambassador)
    factories.answer(thread)
    factories.purchase(ambassador, product, at=MARCH)

    rows = api_for(None).get(f"/api/v1/threads/{thread.pk}/answers/").json()["results"]

    assert [row["owns_since"] for row in rows] == ["2024-04", None]


@pytest.mark.parametrize("answers", [1, 20])
def test_a_page_asks_once_who_owns_it(thread: Thread, product: Product, answers: int) -> None:
    for number in range(answers):
        owner = factories.member(f"Owner {number}")
        factories.answer(thread, owner)
        factories.purchase(owner, product, at=MARCH)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        shown = page(thread)

    assert shown.count(WORDS) == answers
    assert sum("community_ownership" in query["sql"] for query in asked) == 1


def test_owners_who_help_are_ambassadors_first_and_who_never_answered_is_none(product: Product) -> None:
    silent, helper, guide = factories.member("Silent"), factories.member("Helper"), factories.ambassador("Guide")
    factories.accepted_answer(author=helper)
    for owner in (silent, helper, guide):
        factories.purchase(owner, product, at=MARCH)
    product.refresh_from_db()

    with translation.override("en"):
        shown = Template("{% load ownership %}{% owners_who_help product %}").render(Context({"product": product}))

    assert [owner.display_name for owner in ownership.owners_who_help(product)] == ["Guide", "Helper"]
    assert "3 members own it" in shown
    assert shown.count(WORDS) == 2


def test_who_is_gone_from_the_list_with_the_return(product: Product, ambassador: Member) -> None:
    factories.purchase(ambassador, product, at=MARCH, number="N-1")
    assert [row.product for row in ownership.owned_by(ambassador)] == [product]

    factories.purchase(ambassador, product, at=MARCH, number="N-1", status="returned")

    assert ownership.owners_who_help(product) == []
    assert ownership.purchase_of(ambassador, product) is None


def test_the_setting_is_told_and_changed_over_the_api(
    ambassador: Member, api_for: Callable[[Member | None], APIClient]
) -> None:
    api = api_for(ambassador)

    changed = api.patch("/api/v1/members/me/", {"shows_ownership": False})

    assert (changed.status_code, api.get("/api/v1/members/me/").json()["shows_ownership"]) == (200, False)
    members.edit(member=ambassador, shows_ownership=True, at=timezone.now())
    assert Member.objects.get(pk=ambassador.pk).shows_ownership is True
