"""What a helper may know: field by field, for an ambassador and for the team."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chat.models import HelpRequest, Responder
from chat.queries import context
from tests import factories
from tests.chat import desks

pytestmark = pytest.mark.django_db
AMBASSADOR, TEAM = Responder.Group.AMBASSADORS, Responder.Group.AGENTS
ABSENT = "absent"

#: Field, what an ambassador gets, what an ambassador gets of a shared cart, what the team gets.
FIELDS = [
    ("name", "Katharina", "Katharina", "Katharina"),
    ("phase", "before", "before", "before"),
    ("language", "en", "en", "en"),
    ("topic", "Noise", "Noise", "Noise"),
    ("product.name", "Aurora S1", "Aurora S1", "Aurora S1"),
    ("page.title", "Aurora S1", "Aurora S1", "Aurora S1"),
    ("page.url", *2 * ("https://shop.example/aurora-s1/",), f"https://user:pw@shop.example/aurora-s1/?{desks.SECRET['query']}#top"),
    ("cart_shared", False, True, False),
    ("summary", *3 * ("Torn between two machines.",)),
    ("cart.lines", ABSENT, *2 * ([{"sku": "MAHL-ONE", "name": "Mahl One", "quantity": 1}],)),
    ("cart.value", ABSENT, "349.00", "349.00"),
    ("cart.currency", ABSENT, "EUR", "EUR"),
    ("email", ABSENT, ABSENT, desks.SECRET["email"]),
    ("customer", ABSENT, ABSENT, desks.SECRET["customer"]),
    ("returning", ABSENT, ABSENT, True),
    ("visits", ABSENT, ABSENT, 7),
    ("crm.tier", ABSENT, ABSENT, desks.SECRET["crm"]),
    ("orders.0.number", ABSENT, ABSENT, desks.SECRET["order"]),
]  # fmt: skip


def asked(**fields: Any) -> HelpRequest:
    """A request with a secret everywhere, fetched as the doors do."""
    made = desks.telling(topic=factories.topic(name="Noise"), **fields)
    return HelpRequest.objects.select_related("product", "topic", "visitor__customer", "member").get(pk=made.pk)


def seen(group: str, **fields: Any) -> dict[str, Any]:
    """What a helper of ``group`` sees of it."""
    return context.for_responder(asked(**fields), desks.responder(group))


def at(known: Any, path: str) -> Any:
    """The value at a path of keys, or that there is none."""
    for key in path.split("."):
        if isinstance(known, list):
            known = known[int(key)]
        elif isinstance(known, dict) and key in known:
            known = known[key]
        else:
            return ABSENT
    return known


def test_each_field_is_seen_by_whom_it_may() -> None:
    question, mara, ben = asked(), desks.responder(), desks.agent()
    alone = context.for_responder(question, mara)
    team = context.for_responder(question, ben)
    question.cart_shared = True
    shared = context.for_responder(question, mara)

    assert [(path, at(alone, path), at(shared, path), at(team, path)) for path, *_values in FIELDS] == FIELDS


def test_there_is_no_field_that_the_table_does_not_name() -> None:
    question, named = asked(cart_shared=True), {path.partition(".")[0] for path, *_values in FIELDS}

    assert set(context.for_responder(question, desks.agent())) == named
    assert set(context.for_responder(question, desks.responder())) < named


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("secret", desks.SECRET.values(), ids=desks.SECRET)
def test_an_ambassador_gets_no_secret_in_any_corner(secret: str, shared: bool) -> None:
    assert secret not in json.dumps(seen(AMBASSADOR, cart_shared=shared))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//", "https://[", "data:text/html,x", ""])
def test_an_address_that_is_none_of_the_web_is_not_shown(url: str) -> None:
    assert seen(AMBASSADOR, page_url=url)["page"]["url"] == ""


def test_a_cart_that_is_no_cart_breaks_nothing() -> None:
    known = seen(AMBASSADOR, cart_shared=True, cart=[["Mahl One"], "x", {"note": "n"}])

    assert known["cart"]["lines"] == [{}]


def test_of_the_reasons_an_ambassador_sees_those_about_themselves() -> None:
    reasons: list[dict[str, Any]] = [
        {"reason": "owns"},
        {"reason": "cart_value", "least": 500},
        {"reason": "crm"},
        {},
    ]

    assert context.reasons_for(reasons, desks.responder(AMBASSADOR)) == [{"reason": "owns"}]
    assert context.reasons_for(reasons, desks.agent()) == reasons
