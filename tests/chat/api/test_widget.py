"""The widget's calls: who may begin a session, what the shop may vouch for, and what every other way ends in."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from chat.models import HelpRequest, SeenToken, Visitor, VisitorSession, Widget
from chat.services import help as helping
from chat.services import widgets
from tests import factories
from tests.chat.shops import SHOP, Browser, visitor, vouched, widget

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Widget:
    return widget()


def begin(browser: Browser, of: Widget, **more: Any) -> Any:
    return browser.send("POST", "widget/session/", {"key": of.key, "origin": SHOP, **more})


def begun(of: Widget) -> Browser:
    browser = Browser()
    browser.token = begin(browser, of).json()["token"]
    return browser


def test_the_first_click_begins_a_session_without_a_cookie(shop: Widget) -> None:
    answer = begin(Browser(), shop, language="en")

    told = answer.json()
    assert answer.status_code == 201
    assert len(told["token"]) == 43
    row = Visitor.objects.get()
    assert told["visitor"] == {"id": row.pk, "name": "", "language": "en", "identified": False}
    assert dict(answer.cookies) == {}
    assert VisitorSession.objects.get().origin == SHOP


def test_a_known_token_goes_on_and_is_not_told_again(shop: Widget) -> None:
    browser = begun(shop)

    answer = begin(browser, shop, name="  Lena \n S. ")

    assert (answer.status_code, answer.json()["token"]) == (200, None)
    assert [row.name for row in Visitor.objects.all()] == ["Lena S."]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"key": "kw_other"}, "widget_unknown"),
        ({"key": ""}, "invalid"),
        ({}, "invalid"),
        ({"origin": "https://evil.example"}, "widget_origin_refused"),
        ({"language": "fr"}, "invalid"),
        ({"name": "x" * 61}, "invalid"),
        ({"identity": "x" * 5000}, "invalid"),
    ],
)
def test_whoever_may_not_embed_it_begins_nothing(shop: Widget, body: dict[str, Any], code: str) -> None:
    told = {"key": shop.key, "origin": SHOP, **body} if body else {}

    answer = Browser().send("POST", "widget/session/", told)

    assert answer.json()["code"] == code
    assert not Visitor.objects.exists()


def test_a_widget_that_is_switched_off_begins_nothing(shop: Widget) -> None:
    widgets.change(widget=shop, name="Shop", pages=[SHOP], language="de", greeting="", is_active=False)

    assert begin(Browser(), shop).json()["code"] == "widget_unknown"


@pytest.mark.parametrize("token", ["x", "Ω", "x" * 43, "Visitor"])
def test_a_wrong_token_is_refused_and_not_taken_for_a_stranger(shop: Widget, token: str) -> None:
    answer = begin(Browser(token), shop)

    assert (answer.status_code, answer.json()["code"]) == (401, "visitor_unknown")
    assert not Visitor.objects.exists()


def test_a_token_of_one_shop_is_no_visitor_of_another(shop: Widget) -> None:
    browser = begun(shop)

    answer = begin(browser, widget(name="Other"))

    assert answer.status_code == 201
    assert Visitor.objects.count() == 2


def test_a_session_of_the_site_is_no_visitor(client: Client, shop: Widget) -> None:
    client.force_login(factories.member())

    for method, path in (("DELETE", "widget/session/"), ("PUT", "widget/context/")):
        answer = client.generic(method, f"/api/v1/{path}", "{}", content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")


# --- who the shop says it is -----------------------------------------------------------------------------------------


def test_the_shop_vouches_for_a_customer(shop: Widget) -> None:
    browser = begun(shop)

    answer = begin(browser, shop, identity=vouched(shop, email="lena@shop.example", name="Lena", crm={"vip": True}))

    assert answer.json()["visitor"]["identified"] is True
    row = Visitor.objects.get()
    assert row.customer is not None
    assert (row.customer.ref, row.email, row.crm) == ("K-7", "lena@shop.example", {"vip": True, "name": "Lena"})
    # Whoever helps as a customer sees the name; only the visitor's own word is one.
    assert row.name == ""
    assert row.vouched_until is not None
    assert row.vouched_until > timezone.now()


def test_an_identity_is_good_once(shop: Widget) -> None:
    token = vouched(shop)
    begin(begun(shop), shop, identity=token)
    thief = begun(shop)

    answer = begin(thief, shop, identity=token)

    assert (answer.status_code, answer.json()["code"]) == (403, "identity_replayed")
    assert Visitor.objects.filter(customer=None).count() == 1


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"aud": "kw_other"}, "identity_foreign"),
        ({"iat": 1_000_000_000, "exp": 1_000_000_300}, "identity_expired"),
        ({"exp": 4_000_000_000}, "identity_expired"),
        ({"sub": ""}, "identity_invalid"),
        ({"jti": ""}, "identity_invalid"),
        ({"crm": [1]}, "identity_invalid"),
    ],
)
def test_an_identity_that_proves_nothing_changes_nothing(shop: Widget, claims: dict[str, Any], code: str) -> None:
    browser = begun(shop)

    answer = begin(browser, shop, identity=vouched(shop, **claims))

    assert (answer.status_code, answer.json()["code"]) == (403, code)
    row = Visitor.objects.get()
    assert (row.customer, row.crm, row.vouched_until, SeenToken.objects.count()) == (None, {}, None, 0)


def test_an_identity_signed_by_another_shop_is_forged(shop: Widget) -> None:
    other = widget(name="Other")

    answer = begin(begun(shop), shop, identity=vouched(other, aud=shop.key))

    assert answer.json()["code"] == "identity_invalid"


def test_what_an_old_secret_signed_is_refused_at_once(shop: Widget) -> None:
    token = vouched(shop)
    widgets.renew_secret(widget=shop)

    assert begin(begun(shop), shop, identity=token).json()["code"] == "identity_invalid"


def test_a_customer_is_the_same_visitor_on_every_device(shop: Widget) -> None:
    phone, desk = begun(shop), begun(shop)
    first = begin(phone, shop, identity=vouched(shop)).json()["visitor"]["id"]

    second = begin(desk, shop, identity=vouched(shop)).json()["visitor"]["id"]

    assert second == first


def test_on_a_shared_device_the_talks_of_the_former_stay_with_the_former(shop: Widget) -> None:
    browser = begun(shop)
    lena = begin(browser, shop, identity=vouched(shop, "K-1")).json()["visitor"]["id"]
    helping.ask(by=Visitor.objects.get(pk=lena), context=helping.Context(), question="?", at=timezone.now())

    emil = begin(browser, shop, identity=vouched(shop, "K-2")).json()["visitor"]["id"]

    assert emil != lena
    assert browser.send("GET", "conversations/").json()["results"] == []


def test_a_stranger_who_signs_in_keeps_the_talk(shop: Widget) -> None:
    begin(begun(shop), shop, identity=vouched(shop))
    browser = begun(shop)
    row = Visitor.objects.get(customer=None)
    helping.ask(by=row, context=helping.Context(), question="Is it loud?", at=timezone.now())

    told = begin(browser, shop, identity=vouched(shop)).json()["visitor"]

    assert (told["id"], told["identified"]) == (row.pk, True)
    assert len(browser.send("GET", "conversations/").json()["results"]) == 1


def test_what_was_vouched_for_counts_for_half_an_hour(shop: Widget) -> None:
    browser = begun(shop)
    begin(browser, shop, identity=vouched(shop, crm={"vip": True}))
    row = Visitor.objects.get()

    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        later = helping.ask(by=row, context=helping.Context(), question="?", at=timezone.now())
    now = helping.ask(by=row, context=helping.Context(), question="?", at=timezone.now())

    assert (now.crm, later.crm) == ({"vip": True}, {})


def test_log_out_ends_the_session(shop: Widget) -> None:
    browser = begun(shop)

    assert browser.send("DELETE", "widget/session/").status_code == 204
    assert browser.send("GET", "conversations/").json()["code"] == "visitor_unknown"


# --- where they are --------------------------------------------------------------------------------------------------


def test_the_page_says_where_the_visitor_is(shop: Widget) -> None:
    row, token = visitor(shop)
    aurora = factories.product("aurora", sku="AURORA-S1")
    asked = helping.ask(by=row, context=helping.Context(), question="?", at=timezone.now())
    told = {
        "page_url": "https://shop.example/aurora",
        "page_title": "Aurora",
        "product": "AURORA-S1",
        "cart": [{"sku": "AURORA-S1", "name": "Aurora", "quantity": 2, "price": "10.50"}],
        "cart_value": "21.00",
        "cart_currency": "EUR",
        "cart_shared": True,
    }

    assert Browser(token).send("PUT", "widget/context/", told).status_code == 204

    asked.refresh_from_db()
    assert (asked.product, asked.page_title, asked.cart_value) == (aurora, "Aurora", Decimal("21.00"))
    assert (asked.cart, asked.cart_shared) == (told["cart"], True)


def test_agreeing_to_share_the_cart_can_be_taken_back(shop: Widget) -> None:
    row, token = visitor(shop)
    asked = helping.ask(by=row, context=helping.Context(cart_shared=True), question="?", at=timezone.now())

    Browser(token).send("PUT", "widget/context/", {"page_title": "Home"})

    asked.refresh_from_db()
    assert asked.cart_shared is False


@pytest.mark.parametrize(
    "told",
    [
        {"cart": [{"sku": "x"}] * 51},
        {"cart": [{"name": "no sku"}]},
        {"cart": [{"sku": "x", "quantity": 0}]},
        {"cart": "x"},
        {"cart_value": "-1.00"},
        {"cart_value": "NaN"},
        {"page_url": "x" * 501},
        {"product": ["x"]},
    ],
)
def test_strange_words_of_a_page_are_refused(shop: Widget, told: dict[str, Any]) -> None:
    row, token = visitor(shop)
    helping.ask(by=row, context=helping.Context(page_title="Before"), question="?", at=timezone.now())

    assert Browser(token).send("PUT", "widget/context/", told).status_code == 400
    assert HelpRequest.objects.get().page_title == "Before"


def test_nobody_says_where_somebody_else_is(shop: Widget) -> None:
    row, _token = visitor(shop)
    helping.ask(by=row, context=helping.Context(page_title="Hers"), question="?", at=timezone.now())
    _other, token = visitor(shop)

    Browser(token).send("PUT", "widget/context/", {"page_title": "Mine"})

    assert HelpRequest.objects.get().page_title == "Hers"


# --- how it stands ---------------------------------------------------------------------------------------------------


def test_only_who_asked_sees_how_it_stands_and_leaves(shop: Widget) -> None:
    row, token = visitor(shop)
    pk = helping.ask(by=row, context=helping.Context(), question="?", at=timezone.now()).conversation_id
    _other, foreign = visitor(shop)
    for browser, status in ((Browser(foreign), 404), (Browser(), 401)):
        for method, path in (("GET", "help/"), ("POST", "person/"), ("POST", "leave/")):
            assert browser.send(method, f"conversations/{pk}/{path}", {}).status_code == status

    told = Browser(token).send("GET", f"conversations/{pk}/help/").json()

    assert (told["state"], told["helper"], told["place"]) == (HelpRequest.objects.get().conversation.state, None, None)


def test_whoever_leaves_an_address_is_told_by_mail(shop: Widget) -> None:
    row, token = visitor(shop)
    pk = helping.ask(by=row, context=helping.Context(), question="?", at=timezone.now()).conversation_id
    browser = Browser(token)

    assert browser.send("POST", f"conversations/{pk}/leave/", {"email": "no address"}).json()["code"] == "email_invalid"
    told = browser.send("POST", f"conversations/{pk}/leave/", {"email": "lena@example.com"}).json()

    assert (told["state"], told["told_by_mail"]) == ("left_message", True)
    row.refresh_from_db()
    assert row.email == "lena@example.com"
