"""The inbox: what it lists, who may open what, and that it works without a script."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from chat.models import Conversation, Message, Participant
from chat.queries import finding, inbox
from chat.services import conversations, messages, participation
from community.models import Letter, Member
from community.services import blocks
from tests import factories
from tests.chat import world

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]


@pytest.fixture
def talk(lena: Member, mara: Member) -> Conversation:
    made = world.direct(lena, mara)
    world.said(made, lena, "How do you clean yours?")
    return made


def rows(member: Member, show: inbox.Show = "all") -> list[int]:
    return [row.pk for row in inbox.page(member, show=show)]


def test_only_who_takes_part_opens_a_conversation(talk: Conversation, mara: Member, client_for: Browser) -> None:
    url = f"/messages/{talk.pk}/"
    stranger, manager = factories.member("Nobody"), factories.member("Clara", is_superuser=True, is_staff=True)
    seen = [client_for(who).get(url).status_code for who in (mara, stranger, manager)]
    assert seen == [200, 404, 404]
    assert Client().get(url).headers["Location"] == f"/accounts/login/?next={url}"


DEEDS = ["", "files/", "accept/", "decline/", "mute/", "leave/", "block/", "transcript/", "report/1/"]
DEEDS += ["delete/1/", "group/"]


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_else_does_anything_in_it(talk: Conversation, client_for: Browser, deed: str) -> None:
    answer = client_for(factories.member("Nobody")).post(f"/messages/{talk.pk}/{deed}", {"body": "Hi"})
    assert answer.status_code == 404
    assert Client().post(f"/messages/{talk.pk}/{deed}").status_code == 302
    assert Message.objects.count() == 1


def test_a_form_says_something_once_however_often_it_is_sent(
    talk: Conversation, mara: Member, client_for: Browser
) -> None:
    form = {"client_id": str(uuid.uuid4()), "body": "With a brush."}
    answers = [client_for(mara).post(f"/messages/{talk.pk}/", form).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert list(Message.objects.values_list("seq", "body")) == [(1, "How do you clean yours?"), (2, "With a brush.")]


def test_what_is_refused_keeps_its_text(talk: Conversation, mara: Member, client_for: Browser) -> None:
    body = "x" * (Message.BODY_MAX + 1)
    answer = client_for(mara).post(f"/messages/{talk.pk}/", {"client_id": str(uuid.uuid4()), "body": body})
    assert (answer.status_code, Message.objects.count()) == (422, 1)
    assert body in answer.content.decode()


def test_opening_a_conversation_reads_it(talk: Conversation, mara: Member, client_for: Browser) -> None:
    browser = client_for(mara)
    assert browser.get("/messages/unread/").json() == {"unread": 1, "requests": 0}
    first = browser.get(f"/messages/{talk.pk}/").content.decode()
    again = browser.get(f"/messages/{talk.pk}/").content.decode()
    assert browser.get("/messages/unread/").json() == {"unread": 0, "requests": 0}
    assert ("data-first-unread" in first.split("<template")[0], "data-first-unread" in again.split("<template")[0]) == (
        True,
        False,
    )


def test_a_phones_keyboard_does_not_cover_where_one_writes(
    talk: Conversation, mara: Member, client_for: Browser
) -> None:
    pages = [client_for(mara).get(path).content.decode() for path in (f"/messages/{talk.pk}/", "/messages/")]
    assert ["interactive-widget=resizes-content" in page for page in pages] == [True, False]


def test_a_muted_conversation_is_not_counted(talk: Conversation, mara: Member) -> None:
    participation.mute(participant=world.place(talk, mara), muted=True)
    assert inbox.counts(mara) == {"unread": 0, "requests": 0}
    assert rows(mara, "unread") == [talk.pk]


def test_a_stranger_asks_first_and_is_not_told_that_it_was_read(
    lena: Member, mara: Member, client_for: Browser
) -> None:
    client_for(lena).post("/messages/new/", {"to": mara.handle})
    asked = Conversation.objects.get()
    assert rows(mara, "requests") == []
    world.said(asked, lena)
    assert (rows(mara), rows(mara, "requests"), rows(lena)) == ([], [asked.pk], [asked.pk])
    client_for(mara).get(f"/messages/{asked.pk}/")
    assert world.place(asked, mara).read_seq == 0
    client_for(mara).post(f"/messages/{asked.pk}/accept/")
    assert (rows(mara), rows(mara, "requests")) == ([asked.pk], [])


def test_nobody_says_yes_to_their_own_question(lena: Member, mara: Member, client_for: Browser) -> None:
    asked = conversations.with_member(by=lena, to=mara, at=timezone.now())
    client_for(lena).post(f"/messages/{asked.pk}/accept/")
    client_for(lena).post(f"/messages/{asked.pk}/decline/")
    asked.refresh_from_db()
    assert asked.requested_by == lena
    assert Participant.objects.filter(left_at=None).count() == 2


def test_who_declined_is_out_of_it_until_they_write_themselves(lena: Member, mara: Member, client_for: Browser) -> None:
    asked = conversations.with_member(by=lena, to=mara, at=timezone.now())
    world.said(asked, lena)
    browser = client_for(mara)
    browser.post(f"/messages/{asked.pk}/decline/")
    assert (rows(mara, "requests"), browser.get(f"/messages/{asked.pk}/").status_code) == ([], 404)
    browser.post("/messages/new/", {"to": lena.handle})
    assert browser.get(f"/messages/{asked.pk}/").status_code == 200


def test_a_block_ends_it_for_both(talk: Conversation, lena: Member, mara: Member, client_for: Browser) -> None:
    client_for(mara).post(f"/messages/{talk.pk}/block/")
    for member in (lena, mara):
        with pytest.raises(messages.Unwelcome):
            world.said(talk, member)
    assert Message.objects.count() == 1


def test_a_blocked_stranger_does_not_show_up(lena: Member, mara: Member) -> None:
    asked = conversations.with_member(by=lena, to=mara, at=timezone.now())
    world.said(asked, lena)
    blocks.block(member=mara, blocked=lena, at=timezone.now())
    assert inbox.counts(mara) == {"unread": 0, "requests": 0}


def test_search_finds_every_word_in_ones_own_conversations_only(talk: Conversation, mara: Member) -> None:
    felix = factories.member("Felix")
    other = world.direct(felix, factories.member("Jo"))
    found = world.said(talk, mara, "Die Brühgruppe mit ÖL reinigen, niemals trocken")
    world.said(other, felix, "Brühgruppe reinigen")
    asked = ("brühgruppe reinigen", "öl", "NIEMALS", "reinigen seife", "  ")
    assert [[row.pk for row in finding.find(mara, text)] for text in asked] == [[found.pk]] * 3 + [[], []]


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [("Kaffee", True), ("die Kaffees", True), ("Mühlen", True), ("gruppe", True), ("Kaffein", False), ("wie", False)],
)
def test_search_finds_the_forms_of_a_word(talk: Conversation, mara: Member, asked: str, is_found: bool) -> None:
    found = world.said(talk, mara, "Zwei Kaffees aus der Mühle, und die Brühgruppe spülen")
    assert finding.find(mara, asked) == ([found] if is_found else [])


@pytest.mark.parametrize("said", ["MÜHLE im Café von Größl", "die muehle im cafe von groessl", "Muhle, Café, Grossl"])
@pytest.mark.parametrize("asked", ["Mühlen", "muehle", "MUHLE", "café", "Größl", "GROESSL", "grö"])
def test_search_finds_a_word_however_its_umlauts_are_spelled(
    talk: Conversation, mara: Member, said: str, asked: str
) -> None:
    found = world.said(talk, mara, said)
    assert finding.find(mara, asked) == [found]


def test_a_deleted_message_is_not_found(talk: Conversation, mara: Member) -> None:
    messages.delete(message=Message.objects.get(), at=timezone.now())
    assert finding.find(mara, "clean") == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_however_long_it_is(
    mara: Member, client_for: Browser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        world.said(world.direct(factories.member(), mara), mara)
    browser = client_for(mara)
    browser.get("/messages/")
    with django_assert_num_queries(10):
        browser.get("/messages/")


@pytest.mark.parametrize("count", [1, 30])
def test_a_conversation_costs_the_same_however_long_it_is(
    talk: Conversation, mara: Member, client_for: Browser, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        world.said(talk, mara)
    browser = client_for(mara)
    browser.get(f"/messages/{talk.pk}/")
    with django_assert_num_queries(22):
        browser.get(f"/messages/{talk.pk}/")


def test_a_conversation_is_sent_by_mail_five_times_a_day(talk: Conversation, mara: Member, client_for: Browser) -> None:
    client, now = client_for(mara), timezone.now()
    for minute in range(6):
        # Pressed twice in a second it is one letter.
        with time_machine.travel(now + timedelta(minutes=minute)):
            answer = client.post(f"/messages/{talk.pk}/transcript/")
    assert (answer.status_code, Letter.objects.filter(to=mara.email).count()) == (303, 5)
