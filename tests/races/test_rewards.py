"""The last ten of a reward and a thousand hands; one balance and many tabs; one key and fifty requests."""

from __future__ import annotations

import http.client
import json
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from community.models import Activity, Member
from community.refusals import Refusal
from gamification.models import Coupon, Entry, Redemption, Reward
from gamification.services import redemptions, rewards
from tests import factories
from tests.gamification import coupon_world
from tests.gamification import reward_world as world
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)
HANDS, STOCK = 32, 10
TOKEN = "c" * 32


def redeem(reward: Reward, member: Member) -> int:
    return rewards.redeem(reward=Reward.objects.get(pk=reward.pk), member=member, at=timezone.now()).pk


def by_turns(deeds: list[Callable[[], int]]) -> Counter[str]:
    """Do them all over ``HANDS`` threads, each taking the next as soon as it is free; how they ended."""
    queue, ended, lock = iter(deeds), Counter[str](), threading.Lock()

    def hand() -> None:
        while True:
            with lock:
                deed = next(queue, None)
            if deed is None:
                return
            try:
                deed()
                end = "done"
            except Refusal as refusal:
                end = refusal.code
            with lock:
                ended[end] += 1

    assert at_once([hand] * HANDS).errors == []
    return ended


def test_of_a_thousand_redemptions_exactly_the_stock_gets_through() -> None:
    reward = world.reward("coupon", stock=STOCK, pool=coupon_world.pool(codes=STOCK + 5))
    members = factories.many(factories.member, 20)
    world.grant_all(members, 300)

    ended = by_turns([partial(redeem, reward, member) for member in members * 50])

    assert ended["done"] == STOCK
    assert set(ended) <= {"done", "reward_sold_out", "not_enough_credits"}
    assert sum(ended.values()) == 1000
    reward.refresh_from_db()
    assert (reward.taken, Redemption.objects.count(), Coupon.objects.filter(state="assigned").count()) == (STOCK,) * 3
    assert sum(world.credits_of(member) for member in members) == 20 * 300 - STOCK * 100
    assert differences() == []


def test_one_balance_is_spent_once_however_many_tabs_are_open() -> None:
    member = world.rich(credits=250)
    offers = [world.reward() for _number in range(6)]

    outcome = at_once([partial(redeem, reward, member) for reward in offers * 4])

    assert (outcome.errors, len(outcome.answers), set(outcome.refusals)) == ([], 2, {"not_enough_credits"})
    assert (world.credits_of(member), world.left_of(member)) == (50, [50])
    assert differences() == []


def test_redeeming_refunding_and_taking_back_at_once_leave_every_balance_right() -> None:
    manager, members = factories.member(), factories.many(factories.member, 8)
    entries = world.grant_all(members, 200)
    reward = world.reward("coupon", stock=12, pool=coupon_world.pool(codes=40))
    bought = [world.redeem(reward, member) for member in members]

    def refund(redemption: Redemption) -> None:
        redemptions.refund(redemption=redemption, by=manager, reason="Gone.", at=timezone.now())

    outcome = at_once(
        [
            *[partial(refund, redemption) for redemption in bought for _twice in range(2)],
            *[partial(redeem, reward, member) for member in members],
            *[partial(world.take_back, entry) for entry in entries[:4]],
        ]
    )

    assert outcome.errors == []
    assert outcome.refusals.count("redemption_not_open") == len(bought)
    assert Entry.objects.filter(kind="refund").count() == len(bought)
    assert differences() == []


@pytest.mark.usefixtures("at_rest")
def test_fifty_requests_with_one_key_are_one_redemption_and_fifty_equal_answers(site: str) -> None:
    member, reward = world.rich(credits=500), world.reward("coupon")
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies["sessionid"].value

    def post(number: int) -> tuple[int, str]:
        connection = http.client.HTTPConnection(site.removeprefix("http://"), timeout=60)
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/json",
            "Idempotency-Key": "the-one",
        }
        with closing(connection):
            connection.request("POST", f"/api/v1/rewards/{reward.pk}/redeem/", json.dumps({}), headers)
            response = connection.getresponse()
            return response.status, response.read().decode()

    outcome = at_once([partial(post, number) for number in range(50)])

    assert outcome.errors == []
    assert [status for status, _body in outcome.answers] == [201] * 50
    assert len({body for _status, body in outcome.answers}) == 1
    assert (Redemption.objects.count(), world.credits_of(member)) == (1, 400)
    assert Activity.objects.filter(verb="reward.redeemed", subject_id=reward.pk).count() == 1
