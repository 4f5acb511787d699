"""The queue of questions that need an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.models import Member, SearchMiss, Thread
from community.services import misses
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SHELL = 4


def asked(hours: int, views: int, **fields: Any) -> Thread:
    made = factories.thread(at=timezone.now() - hours * HOUR, **fields)
    Thread.objects.filter(pk=made.pk).update(view_count=views)
    return made


def shown(client: Client, query: str = "") -> list[int]:
    return [thread.pk for thread in client.get(f"/threads/waiting/{query}").context["page"]]


def test_waiting_time_and_views_decide_together(member: Member, client_for: Callable[[Member], Client]) -> None:
    reader = client_for(member)
    old, seen, both, new = asked(50, 0), asked(5, 30), asked(40, 20), asked(2, 1)
    assert shown(reader) == [both.pk, seen.pk, old.pk, new.pk]


def test_what_is_answered_hidden_or_ones_own_is_not_in_it(
    member: Member, client_for: Callable[[Member], Client]
) -> None:
    factories.thread(member)
    factories.answer()
    Thread.objects.filter(pk=asked(3, 1).pk).update(hidden_at=timezone.now())
    waiting = asked(3, 1)
    assert shown(client_for(member)) == [waiting.pk]


def test_phase_product_and_topic_narrow_it(member: Member, client_for: Callable[[Member], Client]) -> None:
    product, topic = factories.product("aurora"), factories.topic("water")
    one, two = asked(3, 1, product=product), asked(2, 1, topic=topic)
    three = asked(1, 1, phase="while")
    reader = client_for(member)
    assert (shown(reader, "?product=aurora"), shown(reader, "?topic=water")) == ([one.pk], [two.pk])
    assert shown(reader, "?phase=while") == [three.pk]
    assert shown(reader, "?product=nothing%00") == []
    assert "Everybody has an answer" in reader.get("/threads/waiting/?product=nothing").content.decode()


def test_pages_fit_together(member: Member, client_for: Callable[[Member], Client]) -> None:
    made = [asked(hours, hours % 7) for hours in range(1, 46)]
    reader, seen, query = client_for(member), [], ""
    while True:
        page = reader.get(f"/threads/waiting/{query}").context["page"]
        seen += [thread.pk for thread in page]
        if not page.next:
            break
        query = f"?cursor={page.next}"
    assert sorted(seen) == sorted(thread.pk for thread in made)
    assert reader.get("/threads/waiting/?cursor=broken").status_code == 400


def test_experts_see_what_was_looked_for_in_vain(
    member: Member, ambassador: Member, client_for: Callable[[Member], Client]
) -> None:
    now = timezone.now()
    for term, times in (("milchsystem", 4), ("dampfdüse", 3), ("erika muster", 2), ("mahlgrad", 5)):
        for _ in range(times):
            misses.note(term=term, language="de", at=now)
    misses.finish(miss=SearchMiss.objects.get(term="mahlgrad"), by=ambassador, at=now)
    response = client_for(ambassador).get("/threads/waiting/")
    assert [miss.term for miss in response.context["missing"]] == ["milchsystem", "dampfdüse"]
    assert 'href="/search/?q=dampfd%C3%BCse"' in response.content.decode()
    hers = client_for(member).get("/threads/waiting/")
    assert (hers.context["missing"], "milchsystem" in hers.content.decode()) == ([], False)


def test_visitors_are_sent_to_sign_in(db: None) -> None:
    response = Client().get("/threads/waiting/")
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("rows", [1, 30])
def test_it_costs_the_same_however_many_wait(
    rows: int,
    member: Member,
    client_for: Callable[[Member], Client],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    factories.many(factories.thread, rows, product=factories.product("aurora"))
    reader = client_for(member)
    reader.get("/threads/waiting/")
    with django_assert_num_queries(4 + SHELL):
        reader.get("/threads/waiting/")
