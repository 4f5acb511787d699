"""Clara writes routing rules, tries them on what was recorded, and reads why somebody was led where."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chat.models import RoutingDecision, RoutingRule, Visit
from chat.services import help as helping
from tests import factories
from tests.chat import desks
from tests.staff import browser, lenient_templates, manager

__all__ = ["lenient_templates"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lenient_templates")]
ADD = "/admin/chat/routingrule/add/"


@pytest.fixture
def clara() -> Client:
    return browser(manager())


def filled_in(**more: Any) -> dict[str, Any]:
    return {"name": "Big carts", "position": 5, "target": "agents", "hold_out": 0, "then_1": "message", **more}


def asked(**context: Any) -> RoutingDecision:
    helping.ask(by=desks.visitor(), context=helping.Context(language="en", **context), at=timezone.now())
    return RoutingDecision.objects.latest("id")


def test_clara_writes_a_rule_in_plain_fields(clara: Client) -> None:
    product = factories.product("aurora-s1")
    form = filled_in(
        is_active="on",
        phases=["before", "while"],
        products=[product.slug],
        page="/espresso\n\n/grinders",
        cart_from="250",
        time_from="09:00",
        time_until="18:30",
        weekdays=["0", "4"],
        returning="yes",
        crm="tier = gold\norders >= 3",
        queue_until="4",
    )
    answer = clara.post(ADD, form)
    assert answer.status_code == 302, answer.context["errors"]
    rule = RoutingRule.objects.get()
    assert (rule.target, rule.fallbacks, rule.is_active) == ("agents", ["message"], True)
    assert rule.conditions == {
        "phases": ["before", "while"],
        "products": ["aurora-s1"],
        "page": ["/espresso", "/grinders"],
        "cart_from": "250",
        "time_from": "09:00",
        "time_until": "18:30",
        "weekdays": [0, 4],
        "returning": True,
        "crm": ["tier = gold", "orders >= 3"],
        "queue_until": 4,
    }
    again = clara.get(reverse("admin:chat_routingrule_change", args=[rule.pk]))
    assert (again.status_code, "orders &gt;= 3" in again.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"crm": "tier is gold"}, "crm"),
        ({"time_from": "09:00"}, "time_until"),
        ({"cart_from": "10", "cart_until": "5"}, "cart_until"),
        ({"then_1": "agents"}, "then_1"),
        ({"target": "bot", "hold_out": 10}, "hold_out"),
        ({"hold_out": 51}, "hold_out"),
    ],
)
def test_what_cannot_be_asked_is_refused_beside_its_field(clara: Client, wrong: dict[str, Any], field: str) -> None:
    answer = clara.post(ADD, filled_in(**wrong))
    assert (answer.status_code, list(answer.context["adminform"].form.errors)) == (200, [field])
    assert not RoutingRule.objects.exists()


def test_the_simulator_says_whom_a_draft_would_have_moved(clara: Client) -> None:
    asked(page_url="https://shop.example/espresso/")
    asked(page_url="https://shop.example/cups/")
    visitor = desks.visitor()
    told = {**RoutingDecision.objects.first().situation, "page": "https://shop.example/espresso/2/"}  # type: ignore[union-attr] # made above
    Visit.objects.create(widget=visitor.widget, visitor=visitor, situation=told, at=timezone.now())
    draft = RoutingRule.objects.create(name="Espresso", conditions={"page": ["/espresso"]}, target="ambassadors")

    answer = clara.get(reverse("admin:chat_routingrule_simulate", args=[draft.pk]))

    requests, visits = (side["found"] for side in answer.context["sides"])
    assert (requests.recorded, requests.met, requests.decided) == (2, 1, 1)
    assert dict(requests.moves) == {("bot", "ambassadors"): 1}
    assert (visits.recorded, visits.decided) == (1, 1)
    assert [case.help for case in requests.cases] == [RoutingDecision.objects.earliest("id").help_id]


def test_an_earlier_rule_keeps_what_it_decides(clara: Client) -> None:
    RoutingRule.objects.create(name="All", position=1, is_active=True, target="agents")
    asked()
    draft = RoutingRule.objects.create(name="Later", position=2, target="ambassadors")
    answer = clara.get(reverse("admin:chat_routingrule_simulate", args=[draft.pk]))
    found = answer.context["sides"][0]["found"]
    assert (found.met, found.decided) == (1, 0)


def test_every_decision_has_a_page_that_says_why(clara: Client) -> None:
    RoutingRule.objects.create(name="Never", position=1, is_active=True, conditions={"crm": ["tier = gold"]})
    RoutingRule.objects.create(name="Everybody", position=2, is_active=True, target="ambassadors")
    mara = desks.responder(name="Mara Lindqvist")
    decision = asked()
    assert decision.responder == mara

    answer = clara.get(reverse("admin:chat_routingdecision_change", args=[decision.pk]))

    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Everybody", "met, so it decided", "not met (Vouched for by the shop)", "Mara Lindqvist", "chosen"):
        assert words in page


def test_routing_is_for_managers(clara: Client) -> None:
    rule = RoutingRule.objects.create(name="All")
    addresses = [
        ADD,
        reverse("admin:chat_routingrule_simulate", args=[rule.pk]),
        reverse("admin:chat_routingdecision_changelist"),
        reverse("admin:chat_visit_changelist"),
    ]
    assert [clara.get(address).status_code for address in addresses] == [200, 200, 200, 200]
    assert [browser(desks.agent().member).get(address).status_code for address in addresses] == [302] * 4
