"""The shop's server: what it puts, what it proves itself by, and what it is refused."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from community.models import ApiKey, IdempotencyKey, Member, Order, OrderLine, Ownership, Product, ShopCustomer
from community.services import api_keys
from tests import factories

pytestmark = pytest.mark.django_db

PRODUCT = {
    "name": "Aurora S1",
    "url": "https://shop.example/aurora-s1",
    "image": "https://shop.example/aurora-s1.jpg",
    "price": "1290.00",
    "currency": "EUR",
    "facts": {"width_mm": 285, "boiler": "single", "pid": True},
    "active": True,
}
PLACED = "2025-03-02T09:30:00+01:00"


def order(**said: Any) -> dict[str, Any]:
    lines = [{"sku": "AURORA-S1", "quantity": 1, "amount": "1290.00"}]
    told = {"order": "N-1", "customer": "C-7", "placed_at": PLACED, "lines": lines, "currency": "EUR"}
    return {**told, "status": "paid", **said}


def shop(*scopes: str) -> APIClient:
    _row, secret = api_keys.create(name="Shop", scopes=scopes or ApiKey.Scope.values, at=timezone.now())
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret.key}")
    return api


def test_a_product_is_made_and_replaced(api_for: Callable[[None], APIClient]) -> None:
    api = shop()

    made = api.put("/api/v1/shop/products/AURORA-S1/", PRODUCT)
    api.put("/api/v1/shop/products/AURORA-S1/", {**PRODUCT, "price": "1190.00", "active": False})

    product = Product.objects.get()
    assert (made.status_code, made.json()["slug"], made.json()["facts"]) == (200, "aurora-s1", PRODUCT["facts"])
    assert (product.sku, str(product.price), product.is_active) == ("AURORA-S1", "1190.00", False)
    assert product.picture == PRODUCT["image"]
    assert api_for(None).get("/api/v1/products/aurora-s1/").status_code == 404


def test_who_paid_owns_what_was_ordered_since_the_order(member: Member) -> None:
    api, product = shop(), factories.product("aurora-s1")

    answer = api.post("/api/v1/shop/orders/", order(email=member.email.upper()))

    assert answer.status_code == 201
    assert answer.json() == {
        "order": "N-1",
        "customer": {"ref": "C-7", "linked": True},
        "placed_at": PLACED,
        "updated_at": PLACED,
        "status": "paid",
        "currency": "EUR",
        "lines": [{"sku": "AURORA-S1", "product": "aurora-s1", "quantity": 1, "amount": "1290.00"}],
    }
    owned = Ownership.objects.get()
    assert (owned.member, owned.product, owned.since) == (member, product, datetime(2025, 3, 2, 8, 30, tzinfo=UTC))
    product.refresh_from_db()
    assert product.owner_count == 1


@pytest.mark.parametrize("status", ["returned", "cancelled", "refunded", "canceled"])
def test_what_is_returned_or_cancelled_is_owned_no_more(member: Member, status: str) -> None:
    api, product = shop(), factories.product("aurora-s1")
    api.post("/api/v1/shop/orders/", order(email=member.email))

    api.post("/api/v1/shop/orders/", order(status=status))

    product.refresh_from_db()
    assert (Ownership.objects.count(), product.owner_count) == (0, 0)


def test_an_order_that_is_not_paid_makes_no_owner(member: Member) -> None:
    factories.product("aurora-s1")

    shop().post("/api/v1/shop/orders/", order(email=member.email, status="pending"))

    assert Order.objects.get().status == Order.Status.PLACED
    assert Ownership.objects.count() == 0


def test_an_unknown_sku_is_kept_and_linked_when_its_product_comes(member: Member) -> None:
    api = shop()
    told = api.post("/api/v1/shop/orders/", order(email=member.email)).json()

    api.put("/api/v1/shop/products/AURORA-S1/", PRODUCT)

    assert told["lines"][0]["product"] is None
    assert [(row.member, row.product.sku) for row in Ownership.objects.all()] == [(member, "AURORA-S1")]


def test_an_order_for_a_customer_nobody_knows_waits_for_the_address(member: Member) -> None:
    api = shop()
    factories.product("aurora-s1")
    told = api.post("/api/v1/shop/orders/", order()).json()

    known = api.put("/api/v1/shop/customers/C-7/", {"email": member.email})

    assert told["customer"] == {"ref": "C-7", "linked": False}
    assert known.json() == {"ref": "C-7", "linked": True}
    assert [row.member for row in Ownership.objects.all()] == [member]


def test_an_address_is_never_kept_in_words(member: Member) -> None:
    shop().put("/api/v1/shop/customers/C-7/", {"email": member.email})

    kept = ShopCustomer.objects.values().get()
    assert member.email not in json.dumps(kept, default=str)


def test_the_same_order_under_one_idempotency_key_is_answered_from_memory(member: Member) -> None:
    api = shop()
    first, again = (api.post("/api/v1/shop/orders/", order(), headers={"Idempotency-Key": "n-1"}) for _ in range(2))
    other = api.post("/api/v1/shop/orders/", order(order="N-2"), headers={"Idempotency-Key": "n-1"})

    assert (first.json(), again["Idempotency-Replayed"]) == (again.json(), "true")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert (Order.objects.count(), IdempotencyKey.objects.count()) == (1, 1)


def test_a_sku_or_reference_may_hold_a_slash() -> None:
    api = shop()

    assert api.put("/api/v1/shop/products/AB%2F12/", PRODUCT).json()["sku"] == "AB/12"
    assert api.put("/api/v1/shop/customers/de%2F7/", {}).json()["ref"] == "de/7"


@pytest.mark.parametrize(
    "change",
    [
        {"order": ""},
        {"customer": None},
        {"status": "lost"},
        {"currency": "euro"},
        {"placed_at": "yesterday"},
        {"placed_at": "2999-01-01T00:00:00Z"},
        {"lines": [{"sku": "A", "quantity": -1, "amount": "1.00"}]},
        {"lines": [{"sku": "A", "quantity": 1, "amount": "1.001"}]},
        {"lines": "A"},
        {"lines": [{"sku": "A", "quantity": 1, "amount": "9999999999.99"}] * 2},
        {"email": "not an address"},
    ],
)
def test_a_wrong_order_is_refused_by_field_and_changes_nothing(change: dict[str, Any]) -> None:
    answer = shop().post("/api/v1/shop/orders/", order(**change))

    (field,) = change
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert [name.partition(".")[0] for name in answer.json()["errors"]] == [field]
    assert (Order.objects.count(), ShopCustomer.objects.count()) == (0, 0)


@pytest.mark.parametrize("facts", [[], {"a": None}, {"a": {}}, {"": "x"}, {"a" * 61: 1}, {"a": "x" * 301}])
def test_facts_are_short_plain_values(facts: Any) -> None:
    answer = shop().put("/api/v1/shop/products/A/", {**PRODUCT, "facts": facts})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["facts"])
    assert Product.objects.count() == 0


REQUESTS = {
    "products": ("put", "/api/v1/shop/products/A/", PRODUCT),
    "customers": ("put", "/api/v1/shop/customers/C-7/", {}),
    "orders": ("post", "/api/v1/shop/orders/", order()),
}


@pytest.mark.parametrize("held", ApiKey.Scope.values)
@pytest.mark.parametrize("asked", REQUESTS)
def test_a_key_may_do_what_its_scopes_say(held: str, asked: str) -> None:
    method, address, body = REQUESTS[asked]

    answer = getattr(shop(held), method)(address, body)

    if held == asked:
        assert answer.status_code in (200, 201)
    else:
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
        assert (Product.objects.count(), ShopCustomer.objects.count(), Order.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("asked", REQUESTS)
def test_no_member_whatever_their_role_speaks_for_the_shop(
    asked: str, api_for: Callable[[Member | None], APIClient]
) -> None:
    method, address, body = REQUESTS[asked]
    people = [None, factories.member(), factories.ambassador(), factories.member("Clara", is_superuser=True)]

    answers = [getattr(api_for(person), method)(address, body) for person in people]

    assert [(a.status_code, a.json()["code"]) for a in answers] == [(401, "api_key_missing")] * len(people)


def test_a_wrong_or_switched_off_key_is_refused() -> None:
    row, secret = api_keys.create(name="Shop", scopes=["orders"], at=timezone.now())
    wrong = [f"kk_{row.prefix}_wrong", "kk__", secret.key.upper(), "", "é"]
    api = APIClient()

    def post(key: str) -> Any:
        return api.post("/api/v1/shop/orders/", order(), headers={"Authorization": f"Api-Key {key}"})

    assert {(a.status_code, a.json()["code"]) for a in map(post, wrong)} == {(401, "api_key_invalid")}
    ApiKey.objects.update(is_active=False)
    off = post(secret.key)
    assert (off.status_code, off.json()["code"], off["WWW-Authenticate"]) == (401, "api_key_invalid", "Api-Key")
    assert Order.objects.count() == 0


def test_a_use_is_noted() -> None:
    api = shop("customers")
    api.put("/api/v1/shop/customers/C-7/", {})

    used = ApiKey.objects.get().last_used_at
    assert used is not None
    assert timezone.now() - used < timedelta(minutes=1)


def test_the_secret_is_not_in_the_database() -> None:
    _row, secret = api_keys.create(name="Shop", scopes=["orders"], at=timezone.now())

    kept = json.dumps(ApiKey.objects.values().get(), default=str)
    assert secret.key.rpartition("_")[2] not in kept
    assert secret.signing not in kept


class Signing:
    """A shop that signs instead of sending its key."""

    def __init__(self, *scopes: str) -> None:
        self.row, secret = api_keys.create(name="Shop", scopes=scopes or ApiKey.Scope.values, at=timezone.now())
        self.secret = secret.signing

    def header(self, body: str, at: datetime | None = None) -> str:
        moment = int((at or timezone.now()).timestamp())
        digest = hmac.new(self.secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
        return f"t={moment},v1={digest}"

    def send(self, method: str, path: str, body: str, signature: str) -> Any:
        api = APIClient()
        headers = {"X-Signature": signature}
        return api.generic(method, f"/api/v1/shop/{path}", body, content_type="application/json", headers=headers)


def test_a_signed_order_is_taken_once() -> None:
    signing, body = Signing(), json.dumps(order())
    signature = signing.header(body)

    first, again = (signing.send("POST", "orders/", body, signature) for _ in range(2))
    anew = signing.send("POST", "orders/", body, signing.header(body, timezone.now() - timedelta(seconds=60)))

    assert (first.status_code, anew.status_code) == (201, 201)
    assert (again.status_code, again.json()["code"]) == (401, "signature_replayed")
    assert Order.objects.count() == 1


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_signature_ends_after_five_minutes(seconds: int) -> None:
    signing, body = Signing(), json.dumps(order())

    answer = signing.send("POST", "orders/", body, signing.header(body, timezone.now() + timedelta(seconds=seconds)))

    assert (answer.status_code, answer.json()["code"]) == (401, "signature_expired")
    assert Order.objects.count() == 0


def test_a_signature_covers_the_body() -> None:
    signing, body = Signing(), json.dumps(order())
    signature = signing.header(body)
    wrong = [signature[:-1] + ("0" if signature[-1] != "0" else "1"), "t=1", "", f"{signature},v1=0", "t=x,v1=é"]

    answers = [signing.send("POST", "orders/", body, text) for text in wrong]
    answers.append(signing.send("POST", "orders/", json.dumps(order(order="N-2")), signature))

    assert {(a.status_code, a.json()["code"]) for a in answers} == {(401, "signature_invalid")}
    assert Order.objects.count() == 0


def test_a_signed_body_cannot_be_sent_to_another_address() -> None:
    signing = Signing()
    silent, body = json.dumps({"email": "lena@example.com"}), json.dumps({"ref": "C-7", "email": "lena@example.com"})

    refused = [
        signing.send("PUT", "customers/C-7/", silent, signing.header(silent)),
        signing.send("PUT", "customers/C-8/", body, signing.header(body)),
    ]
    taken = signing.send("PUT", "customers/C-7/", body, signing.header(body, timezone.now() - timedelta(seconds=60)))

    assert [(a.status_code, list(a.json()["errors"])) for a in refused] == [(400, ["ref"])] * 2
    assert taken.status_code == 200
    assert list(ShopCustomer.objects.values_list("ref", flat=True)) == ["C-7"]


def test_lines_of_one_sku_are_one_line() -> None:
    lines = [{"sku": "A", "quantity": 1, "amount": "5.00"}, {"sku": "A", "quantity": 2, "amount": "9.50"}]

    shop().post("/api/v1/shop/orders/", order(lines=lines))

    assert [(row.sku, row.quantity, str(row.amount)) for row in OrderLine.objects.all()] == [("A", 3, "14.50")]
