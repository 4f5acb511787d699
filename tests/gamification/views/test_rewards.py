"""The pages of rewards: who may see and redeem what, and what the pages cost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community import limits
from community.models import Member
from gamification.models import Redemption, Reward
from gamification.services import coupons, redemptions
from tests import factories
from tests.gamification import reward_world as world

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
#: Address, then the status for a stranger and for a member.
PAGES = [
    ("/rewards/", 200, 200),
    ("/rewards/?show=reach", 200, 200),
    ("/rewards/?show=new", 200, 200),
    ("/rewards/?cursor=damaged", 400, 400),
    ("/rewards/{pk}/redeem/", 302, 200),
    ("/rewards/{off}/redeem/", 302, 404),
    ("/rewards/999999/redeem/", 302, 404),
    ("/wallet/", 302, 200),
]


@pytest.fixture
def mara() -> Member:
    return world.rich(credits=250)


def form_of(client: Client, reward: Reward) -> dict[str, str]:
    """The hidden fields of the page that asks."""
    page = client.get(f"/rewards/{reward.pk}/redeem/").content.decode()
    return dict(re.findall(r'name="(key|price)" value="([^"]+)"', page))


@pytest.mark.parametrize(("address", "stranger", "member_"), PAGES)
def test_a_page(address: str, stranger: int, member_: int, mara: Member, client_for: ClientFor) -> None:
    shown, off = world.reward("coupon", min_level=1, stock=3), world.reward(is_active=False)
    path = address.format(pk=shown.pk, off=off.pk)

    assert [client.get(path).status_code for client in (Client(), client_for(mara))] == [stranger, member_]


def test_the_catalogue_says_what_is_within_reach_and_what_is_missing(mara: Member, client_for: ClientFor) -> None:
    world.reward(name="Near", price=200)
    world.reward(name="Far", price=300)
    world.reward(name="High", price=10, min_level=5)
    world.reward(name="Gone", price=10, stock=0)
    client = client_for(mara)

    page = client.get("/rewards/").content.decode()
    assert [name for name in ("Near", "Far", "High", "Gone") if f"<h3>{name}</h3>" in page] == [
        "Near", "Far", "High", "Gone",
    ]  # fmt: skip
    assert "50 to go" in page
    assert "from level 5" in page
    assert "Sold out" in page

    reached = client.get("/rewards/?show=reach").content.decode()
    assert re.findall(r"<h3>(\w+)</h3>", reached) == ["Near"]


def test_a_code_is_redeemed_once_however_often_the_form_is_sent(mara: Member, client_for: ClientFor) -> None:
    reward, client = world.reward("coupon"), client_for(mara)
    fields = form_of(client, reward)

    answers = [client.post(f"/rewards/{reward.pk}/redeem/", fields) for _twice in range(2)]

    redemption = Redemption.objects.get()
    assert [(a.status_code, a["Location"]) for a in answers] == [(303, f"/wallet/#redemption-{redemption.pk}")] * 2
    assert world.credits_of(mara) == 150
    assert redemption.coupon is not None
    wallet = client.get("/wallet/").content.decode()
    assert coupons.code_of(redemption.coupon) in wallet
    assert '<svg class="qr"' in wallet


def test_nobody_else_sees_the_code(mara: Member, member: Member, client_for: ClientFor) -> None:
    redemption = world.redeem(world.reward("coupon"), mara)
    assert redemption.coupon is not None

    page = client_for(member).get("/wallet/").content.decode()

    assert coupons.code_of(redemption.coupon) not in page
    assert "No codes at the moment" in page


def test_a_refusal_is_explained_and_the_address_kept(mara: Member, client_for: ClientFor) -> None:
    reward, client = world.parcel(), client_for(mara)
    path = f"/rewards/{reward.pk}/redeem/"
    without = client.post(path, form_of(client, reward))
    assert without.status_code == 422

    changed = client.post(path, {"price": 90, "address": world.ADDRESS})

    assert changed.status_code == 409
    assert "The price has changed meanwhile." in changed.content.decode()
    assert "Deich 3" in changed.content.decode()
    assert (Redemption.objects.count(), world.credits_of(mara)) == (0, 250)


def test_redeeming_has_a_limit(mara: Member, client_for: ClientFor) -> None:
    reward, client = world.reward(price=1), client_for(mara)
    for _number in range(limits.REDEMPTIONS.most):
        limits.spend(limits.REDEMPTIONS, member=mara, at=timezone.now())

    assert client.post(f"/rewards/{reward.pk}/redeem/", {"price": 1}).status_code == 429
    assert world.credits_of(mara) == 250


@pytest.mark.parametrize(("language", "said"), [("en", "For “Evening”"), ("de", "Für „Abend“")])
def test_the_ledger_says_what_was_bought_and_what_was_given_back(
    mara: Member, member: Member, client_for: ClientFor, language: str, said: str
) -> None:
    redemption = world.redeem(world.reward(name_de="Abend", name_en="Evening"), mara)
    redemptions.refund(redemption=redemption, by=member, reason="Ingrid is ill.", at=timezone.now())
    Member.objects.filter(pk=mara.pk).update(language=language)
    client, headers = client_for(mara), {"Accept-Language": language}

    page = client.get("/points/", headers=headers).content.decode()
    rows = client.get("/api/v1/points/", headers=headers).json()["results"]

    assert page.count(said) == 2
    assert [(row["kind"], row["reason"]) for row in rows[:2]] == [("refund", said), ("spend", said)]
    assert said in client.get(f"/points/{redemption.entry_id}/why/", headers=headers).content.decode()


def test_the_wallet_shows_what_was_refunded_and_why(mara: Member, member: Member, client_for: ClientFor) -> None:
    redemption = world.redeem(world.reward(name="Evening"), mara)
    redemptions.refund(redemption=redemption, by=member, reason="Ingrid is ill.", at=timezone.now())

    page = client_for(mara).get("/wallet/").content.decode()

    assert "Evening" in page
    assert "Ingrid is ill." in page


@pytest.mark.parametrize("rows", [1, 24])
def test_the_pages_cost_the_same_however_much_they_show(
    rows: int, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mara = world.rich(credits=9000)
    reward = world.reward("coupon")
    for _number in range(min(rows, 15)):
        world.redeem(reward, mara)
    for offer in factories.many(world.reward, rows):
        world.redeem(offer, mara)
    visitor, reader = Client(), client_for(mara)
    for client, path, queries in (
        (visitor, "/rewards/", 2),
        (reader, "/rewards/", 13),
        (reader, "/rewards/?show=reach", 13),
        (reader, "/wallet/", 12),
    ):
        client.get(path)
        with django_assert_num_queries(queries, info=f"{rows} rows at {path}"):
            client.get(path)
