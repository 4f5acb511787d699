"""An ambassador's own page: theirs alone, with figures that tell of nobody else."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ambassadors.models import Ambassador
from ambassadors.queries import dashboard
from chat.models import HelpRequest, OrderCredit, Participant, Rating, Responder
from chat.services import messages
from community.models import Member, Role
from tests import factories
from tests.ambassadors import event_world, pay_world
from tests.chat import desks
from tests.community.views.test_costs import SHELL

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
PAGE = "/ambassadors/me/"


def rated(responder: Responder, *stars: int) -> None:
    """So many talks with these ratings."""
    for given in stars:
        talk = pay_world.bare(responder.member, at=timezone.now())
        asked = HelpRequest.objects.get(conversation=talk.conversation)
        Rating.objects.create(help=asked, responder=responder, stars=given, at=timezone.now())
    Responder.objects.filter(pk=responder.pk).update(rating_sum=sum(stars), rating_count=len(stars))
    responder.refresh_from_db()


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 302), ("member", 404), ("agent", 404), ("moderator", 404), ("ambassador", 200)]
)
def test_it_is_for_those_who_advise(who: str, status: int, client_for: ClientFor) -> None:
    roles = [] if who == "member" else [Role(who)] if who != "stranger" else []
    client = Client() if who == "stranger" else client_for(factories.member("Somebody", *roles))
    assert client.get(PAGE).status_code == status


def test_it_is_there_from_the_onboarding_on(member: Member, client_for: ClientFor) -> None:
    Ambassador.objects.create(member=member, begun_at=timezone.now())
    page = client_for(member).get(PAGE)
    assert (page.status_code, "Not in a tier yet" in page.content.decode()) == (200, True)


def test_it_is_there_for_who_advises_and_was_never_rated(client_for: ClientFor) -> None:
    page = client_for(pay_world.ambassador().member).get(PAGE)
    assert (page.status_code, "from five ratings on" in page.content.decode()) == (200, True)


def test_the_switch_to_be_there_leads_back_to_the_own_page_and_is_gone_with_the_desk(client_for: ClientFor) -> None:
    mara = pay_world.ambassador()
    client = client_for(mara.member)
    for body, there in (({"available": "on"}, True), ({}, False)):
        answer = client.post("/desk/switch/", body, headers={"referer": f"http://testserver{PAGE}"})
        mara.refresh_from_db()
        assert (answer.headers["Location"], mara.available) == (f"http://testserver{PAGE}", there)
        assert ('name="available" value="on" checked' in client.get(PAGE).text) is there
    Responder.objects.filter(pk=mara.pk).update(is_enabled=False)
    assert "/desk/switch/" not in client.get(PAGE).text


def test_ratings_are_told_from_the_fifth_on_with_their_spread() -> None:
    mara = pay_world.ambassador()
    assert dashboard.spread(mara) == dashboard.Spread(None, 0, ())

    rated(mara, 5, 5, 4, 3)
    assert (dashboard.spread(mara).average, dashboard.spread(mara).rows) == (None, ())

    rated(mara, 5)
    Responder.objects.filter(pk=mara.pk).update(rating_sum=22, rating_count=5)
    mara.refresh_from_db()
    found = dashboard.spread(mara)
    assert (str(found.average), found.count) == ("4.4", 5)
    assert list(found.rows) == [(5, 3, 60), (4, 1, 20), (3, 1, 20), (2, 0, 0), (1, 0, 0)]


def said(responder: Responder, *words: str, at: datetime, **fields: Any) -> None:
    """So many rated talks, a minute apart, with a word each."""
    for minutes, word in enumerate(words):
        talk = pay_world.bare(responder.member)
        asked = HelpRequest.objects.get(conversation=talk.conversation)
        given = {"help": asked, "responder": responder, "stars": 5, "word": word, "at": at + timedelta(minutes=minutes)}
        Rating.objects.create(**{**given, **fields})
    counted = Rating.objects.filter(responder=responder, counts=True).count()
    Responder.objects.filter(pk=responder.pk).update(rating_sum=5 * counted, rating_count=counted)
    responder.refresh_from_db()


def test_words_come_in_by_groups_of_five_and_tell_nothing_of_their_hour() -> None:
    mara, at = pay_world.ambassador(), timezone.now()
    said(mara, "Kind", "", "", "", at=at)
    assert dashboard.quotes(mara) == []
    said(mara, "Fast", at=at + timedelta(hours=1))
    assert [quote.word for quote in dashboard.quotes(mara)] == ["Fast", "Kind"]
    said(mara, "Patient", "Clear", "Warm", at=at + timedelta(hours=2))
    assert [quote.word for quote in dashboard.quotes(mara)] == ["Fast", "Kind"]
    said(mara, "Funny", "Brief", at=at + timedelta(hours=3), stars=4)
    assert [quote.word for quote in dashboard.quotes(mara)] == ["Clear", "Warm", "Brief", "Funny"]


def test_words_of_a_rating_that_does_not_count_are_not_shown() -> None:
    mara, at = pay_world.ambassador(), timezone.now()
    said(mara, "", "", "", "", "", at=at)
    said(mara, "My parcel never came", at=at - timedelta(hours=1), counts=False)
    assert dashboard.quotes(mara) == []


def test_quotes_stand_on_the_own_page_with_their_stars(client_for: ClientFor) -> None:
    mara = pay_world.ambassador()
    said(mara, "You saved me a return.", "", "", "", "", at=timezone.now())
    page = client_for(mara.member).get(PAGE).content.decode()
    assert '<blockquote lang="de">You saved me a return.</blockquote>' in page
    other = client_for(pay_world.ambassador("Ole Brandt").member).get(PAGE).content.decode()
    assert "saved me" not in other


def test_the_first_reply_is_told_from_the_fifth_talk_on() -> None:
    mara, at = pay_world.ambassador(), pay_world.NOW
    Responder.objects.update(capacity=9)
    for seconds in (20, 100, 30, 900):
        answered(mara, after=seconds, at=at)
    silent = desks.helped(mara, desks.asked())
    HelpRequest.objects.filter(pk=silent.pk).update(helped_at=at)
    assert dashboard.first_reply(mara) is None
    answered(mara, after=95, at=at)
    assert dashboard.first_reply(mara) == timedelta(seconds=95)


def answered(responder: Responder, *, after: int, at: datetime) -> None:
    """A talk in which the first word came so many seconds after it was taken, and another one later."""
    asked = pay_world.talk(responder, helper=1, at=at + timedelta(seconds=after))
    place = Participant.objects.get(conversation=asked.conversation, member=responder.member)
    messages.send(participant=place, client_id=uuid.uuid4(), body="And one more thing.", at=at + timedelta(hours=1))
    HelpRequest.objects.filter(pk=asked.pk).update(helped_at=at)


def test_purchases_are_told_as_a_number_from_five_on() -> None:
    mara, kettle = pay_world.ambassador(), factories.product("kettle")
    for number in range(1, 6):
        talk = pay_world.bare(mara.member)
        asked = HelpRequest.objects.get(conversation=talk.conversation)
        OrderCredit.objects.create(
            order=factories.purchase(factories.member(), kettle), help=asked, responder=mara, amount=90, currency="EUR",
            at=timezone.now(),
        )  # fmt: skip
        found = dashboard.impact(mara.member, mara)
        assert (found.people, found.purchases) == (number, 5 if number == 5 else None)


def test_talks_that_do_not_count_helped_nobody() -> None:
    mara = pay_world.ambassador()
    pay_world.bare(mara.member, state="not_qualified", why="spam")
    assert dashboard.impact(mara.member, mara).people == 0


def test_questions_are_those_of_the_own_topics_and_without_an_answer() -> None:
    mara, water, beans = pay_world.ambassador(), factories.topic("water"), factories.topic("beans")
    mara.topics.add(water)
    asked = factories.thread(topic=water)
    factories.thread(topic=beans)
    factories.thread(mara.member, topic=water)
    factories.answer(factories.thread(topic=water))
    assert dashboard.asked_now(mara.member, mara, timezone.now()) == [asked]


def test_invited_is_who_may_come_and_has_not_answered() -> None:
    mara, now = pay_world.ambassador().member, timezone.now()
    free, table = event_world.event(), event_world.event(audience="ambassadors")
    event_world.register(event_world.event(), mara)
    event_world.event(is_public=False)
    event_world.event(audience="level", min_level=9)
    event_world.event(opens_at=now + timedelta(days=1))
    assert dashboard.events_for(mara, now) == [free, table]


@pytest.mark.parametrize("rows", [1, 12])
def test_it_costs_the_same_with_much_to_show(
    rows: int, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mara, host = pay_world.ambassador(), factories.member("Clara", Role.MANAGER)
    rated(mara, *[5] * max(5, rows))
    for _ in range(rows):
        event_world.event(host=host)
        factories.thread()
    client = client_for(mara.member)
    client.get(PAGE)
    with django_assert_num_queries(23 + SHELL, info=f"{rows} rows"):
        client.get(PAGE)
