"""Routing rules: what meets them, and where a question goes, against a model that is as plain as can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat import conditions, parsing
from chat.conditions import Conditions, Rule, Situation

PHASES = st.sampled_from(conditions.PHASES)
LANGUAGES = st.sampled_from(["de", "en"])
PRODUCTS = st.sampled_from(["aurora-s1", "mahl-one"])
MONEY = st.decimals(0, 500, places=2)
TARGETS = st.sampled_from(conditions.TARGETS)

situations = st.builds(
    Situation,
    phase=PHASES,
    language=LANGUAGES,
    page=st.sampled_from(["", "https://shop.example/espresso/", "https://shop.example/cart/"]),
    product=st.none() | PRODUCTS,
    cart=st.none() | MONEY,
    returning=st.booleans(),
    weekday=st.integers(0, 6),
    minute=st.integers(0, 1439),
    crm=st.dictionaries(st.sampled_from(["tier", "orders"]), st.sampled_from(["gold", 3, 12, True])),
    queue=st.dictionaries(TARGETS, st.integers(0, 9)),
)
stored = st.fixed_dictionaries(
    {},
    optional={
        "phases": st.lists(PHASES, max_size=2),
        "languages": st.lists(LANGUAGES, max_size=2),
        "products": st.lists(PRODUCTS, max_size=2),
        "page": st.lists(st.sampled_from(["/espresso", "/cart"]), max_size=2),
        "cart_from": MONEY.map(str),
        "weekdays": st.lists(st.integers(0, 6), max_size=3),
        "returning": st.booleans(),
        "crm": st.lists(st.sampled_from(["tier = gold", "orders >= 5", "tier != gold"]), max_size=1),
        "queue_until": st.integers(0, 9),
    },
)
rules = st.lists(
    st.builds(
        lambda asks, target, fallbacks, share: Rule(1, "One", parsing.parse(asks), target, tuple(fallbacks), share),
        stored,
        TARGETS,
        st.lists(TARGETS, max_size=3),
        st.integers(0, 50),
    ),
    max_size=4,
)
SENTENCES: dict[str, Callable[[Mapping[str, Any]], bool]] = {
    "tier = gold": lambda crm: "tier" in crm and str(crm["tier"]).lower() == "gold",
    "tier != gold": lambda crm: "tier" in crm and str(crm["tier"]).lower() != "gold",
    "orders >= 5": lambda crm: type(crm.get("orders")) is int and crm["orders"] >= 5,
}


def naive(asks: dict[str, Any], now: Situation, target: str) -> bool:
    """Every question in words, one after the other."""
    missed = [
        asks.get("phases") and now.phase not in asks["phases"],
        asks.get("languages") and now.language not in asks["languages"],
        asks.get("products") and now.product not in asks["products"],
        asks.get("page") and not [part for part in asks["page"] if part in now.page],
        "cart_from" in asks and (now.cart is None or now.cart < Decimal(asks["cart_from"])),
        asks.get("weekdays") and now.weekday not in asks["weekdays"],
        "returning" in asks and now.returning != asks["returning"],
        not all(SENTENCES[line](now.crm) for line in asks.get("crm", [])),
        "queue_until" in asks and now.queue.get(target, 0) > asks["queue_until"],
    ]
    return not any(missed)


@given(stored, situations, TARGETS)
def test_a_rule_is_met_when_every_question_is(asks: dict[str, Any], now: Situation, target: str) -> None:
    assert conditions.holds(parsing.parse(asks), now, target) == naive(asks, now, target)


@given(rules, situations, st.floats(0, 1, exclude_max=True), st.booleans())
def test_the_first_rule_that_is_met_decides(found: list[Rule], now: Situation, draw: float, about_order: bool) -> None:
    route = conditions.route(found, now, draw=draw, about_order=about_order)
    met = [rule for rule in found if conditions.holds(rule.conditions, now, rule.target)]
    chain = (route.target, *route.fallbacks)
    assert route.rule == (met[0] if met else None)
    assert chain[-1] == "message"
    assert len(set(chain)) == len(chain)
    assert not (about_order and "ambassadors" in chain)
    assert not (route.held_out and chain[0] != "bot")
    assert [rule for rule, missed in route.tried if missed is None] == met[:1]


@given(situations)
def test_a_stored_situation_is_the_same_again(now: Situation) -> None:
    assert Situation.from_json(now.as_json()) == now


@pytest.mark.parametrize(
    ("minute", "within"), [(21 * 60 + 59, False), (22 * 60, True), (0, True), (5 * 60 + 59, True), (6 * 60, False)]
)
def test_a_time_may_go_over_midnight(minute: int, within: bool) -> None:
    asks = parsing.parse({"time_from": "22:00", "time_until": "06:00"})
    assert conditions.holds(asks, Situation(minute=minute), "bot") is within


@pytest.mark.parametrize(
    ("line", "crm", "met"),
    [
        ("orders >= 3", {"orders": 3}, True),
        ("orders >= 3", {"orders": "2"}, False),
        ("orders >= 3", {"orders": "many"}, False),
        ("orders >= 3", {}, False),
        ("tier = Gold", {"tier": "gold"}, True),
        ("tier != gold", {"tier": "silver"}, True),
        ("tier != gold", {}, False),
        ("newsletter = true", {"newsletter": True}, True),
        ("orders = 3", {"orders": 3.0}, True),
        ("orders >= 3", {"orders": "NaN"}, False),
        ("orders <= 3", {"orders": [1]}, False),
    ],
)
def test_an_attribute_of_the_shop_compares_as_people_expect(line: str, crm: dict[str, Any], met: bool) -> None:
    assert parsing.parse_attribute(line).holds(crm) is met


@pytest.mark.parametrize(
    ("asks", "wrong"),
    [
        ({"phases": ["later"]}, "phases"),
        ({"phases": "before"}, "phases"),
        ({"languages": ["deutsch"]}, "languages"),
        ({"cart_from": "NaN"}, "cart_from"),
        ({"cart_from": "-1"}, "cart_from"),
        ({"cart_from": "10", "cart_until": "5"}, "cart_until"),
        ({"time_from": "09:00"}, "time_until"),
        ({"time_from": "25:00", "time_until": "26:00"}, "time_from"),
        ({"weekdays": [7]}, "weekdays"),
        ({"weekdays": [True]}, "weekdays"),
        ({"returning": "yes"}, "returning"),
        ({"crm": ["tier"]}, "crm"),
        ({"crm": ["orders >= many"]}, "crm"),
        ({"queue_from": -1}, "queue_from"),
        ({"moon": "full"}, "moon"),
    ],
)
def test_what_is_no_condition_is_refused_by_name(asks: dict[str, Any], wrong: str) -> None:
    with pytest.raises(parsing.Malformed) as refused:
        parsing.parse(asks)
    assert refused.value.field == wrong


def test_nothing_asked_is_met_by_everybody() -> None:
    assert parsing.parse({"phases": [], "cart_from": None, "crm": []}) == Conditions()


@pytest.mark.parametrize(
    ("question", "about_order"),
    [
        ("Wo bleibt mein Paket?", True),
        ("Ich brauche eine Rechnung", True),
        ("When will it be delivered?", True),
        ("Wie lange dauert die Lieferzeit?", True),
        ("In which order do I clean it?", False),
        ("Ist sie morgens laut?", False),
    ],
)
def test_questions_about_orders_are_known_by_their_words(question: str, about_order: bool) -> None:
    assert conditions.is_about_order("before", question) is about_order
    assert conditions.is_about_order("while", question) is True
