"""Leaderboard, badges, ledger and "why?": who may see what, and what a page costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.models import Member, Role, Thread
from community.services import answers
from gamification.models import Entry, Quiet
from tests import factories

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Member], Client]

#: address, then the status for: stranger, the owner of the ledger, another member.
PAGES = [
    ("/leaderboard/", 200, 200, 200),
    ("/leaderboard/?span=all", 200, 200, 200),
    ("/leaderboard/?span=century", 200, 200, 200),
    ("/badges/", 200, 200, 200),
    ("/quests/", 200, 200, 200),
    ("/levels/", 200, 200, 200),
    ("/points/", 302, 200, 200),
    ("/points/?cursor=damaged", 302, 400, 400),
    ("/points/{entry}/why/", 302, 200, 404),
    ("/points/999999/why/", 302, 404, 404),
    ("/points/decisions/", 302, 200, 200),
    ("/points/decisions/?cursor=damaged", 302, 400, 400),
]


@pytest.fixture
def entry(thread: Thread, ambassador: Member) -> Entry:
    """What the ambassador earned by an accepted answer."""
    factories.accepted_answer(thread, ambassador)
    factories.work_off()
    return Entry.objects.get(member=ambassador, currency="reputation")


@pytest.mark.parametrize(("address", "stranger", "owner", "other"), PAGES)
def test_a_page(address: str, stranger: int, owner: int, other: int, entry: Entry, client_for: ClientFor) -> None:
    path = address.format(entry=entry.pk)
    found = [
        client.get(path).status_code for client in (Client(), client_for(entry.member), client_for(factories.member()))
    ]
    assert found == [stranger, owner, other]


def test_why_names_the_rule_the_amount_and_the_question(entry: Entry, thread: Thread, client_for: ClientFor) -> None:
    page = client_for(entry.member).get(f"/points/{entry.pk}/why/").content.decode()
    assert "Your answer solved a question." in page
    assert "+15" in page
    assert thread.title in page


def test_why_keeps_silent_about_a_question_that_is_hidden_by_now(
    entry: Entry, thread: Thread, client_for: ClientFor
) -> None:
    Thread.objects.update(deleted_at=timezone.now())
    assert thread.title not in client_for(entry.member).get(f"/points/{entry.pk}/why/").content.decode()


def test_what_is_taken_back_stands_in_the_ledger_and_names_what_it_takes_back(
    entry: Entry, thread: Thread, client_for: ClientFor
) -> None:
    answers.unaccept(answer=thread.answers.get(), by=thread.author, at=timezone.now())
    factories.work_off()
    reversal = Entry.objects.get(reverses=entry)
    page = client_for(entry.member).get(f"/points/{reversal.pk}/why/").content.decode()
    assert f"/points/{entry.pk}/why/" in page
    assert "−15" in page or "-15" in page


def test_the_board_shows_the_own_place_and_leaves_the_team_out(entry: Entry, client_for: ClientFor) -> None:
    agent = factories.member("Ben Okafor", Role.AGENT)
    factories.accepted_answer(author=agent)
    factories.work_off()
    page = client_for(entry.member).get("/leaderboard/").content.decode()
    assert "Mara Lindqvist" in page
    assert "Ben Okafor" not in page


def test_who_hides_is_on_no_board_and_keeps_everything(entry: Entry, client_for: ClientFor) -> None:
    mara, visitor = client_for(entry.member), Client()
    answer = mara.post("/leaderboard/shown/?span=all", {})
    assert (answer.status_code, answer["Location"]) == (303, "/leaderboard/?span=all")
    assert "Mara Lindqvist" not in visitor.get("/leaderboard/").content.decode()
    assert "Only you see this." in mara.get("/leaderboard/").content.decode()
    assert Entry.objects.filter(member=entry.member).count() == 2
    mara.post("/leaderboard/shown/", {"shown": "on"})
    assert "Mara Lindqvist" in visitor.get("/leaderboard/").content.decode()


def test_a_stranger_hides_nobody(entry: Entry) -> None:
    assert Client().post("/leaderboard/shown/", {}).status_code == 302
    assert not Quiet.objects.exists()


def test_a_topic_has_a_board(entry: Entry, client_for: ClientFor) -> None:
    topic = factories.topic("water", name="Water")
    jonas = factories.member("Jonas Weber")
    factories.accepted_answer(factories.thread(topic=topic), jonas)
    factories.work_off()
    page = Client().get("/leaderboard/?topic=water").content.decode()
    assert ("Jonas Weber" in page, "Mara Lindqvist" in page) == (True, False)


def test_a_board_with_one_row_shows_the_podium(entry: Entry) -> None:
    assert 'data-place="1"' in Client().get("/leaderboard/").content.decode()


#: Of a signed-in page: session, member, what is unread, in kinds and lines, and the member's own standing in the shell.
SHELL = 5


@pytest.mark.parametrize("rows", [1, 30])
def test_pages_cost_the_same_however_much_they_show(
    rows: int, ambassador: Member, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for thread in factories.many(factories.thread, rows):
        factories.accepted_answer(thread, ambassador)
        factories.accepted_answer()
    factories.work_off()
    reader = client_for(ambassador)
    for path, queries in (
        ("/leaderboard/", 9 + SHELL),
        ("/badges/", 5 + SHELL),
        ("/points/", 3 + SHELL),
        ("/quests/", 1 + SHELL),
        ("/levels/", 4 + SHELL),
    ):
        reader.get(path)  # fills what is cached for minutes
        with django_assert_num_queries(queries, info=f"{rows} rows at {path}"):
            reader.get(path)


def refused(helper: Member, number: int) -> None:
    """Accepted answers that the same asker's cap no longer pays."""
    asker = factories.member()
    for _ in range(number + 3):
        factories.accepted_answer(factories.thread(asker), helper)
    factories.work_off()


def test_why_nothing_was_earned_is_told_to_its_member_only(ambassador: Member, client_for: ClientFor) -> None:
    refused(ambassador, 1)
    reason = "A cap was reached: at most 3 times a week through the same person."
    assert reason in client_for(ambassador).get("/points/decisions/").content.decode()
    assert reason not in client_for(factories.member()).get("/points/decisions/").content.decode()


def test_why_nothing_was_earned_costs_the_same_for_one_row_and_for_thirty(
    client_for: ClientFor,
) -> None:
    counts = []
    for number in (1, 30):
        helper = factories.ambassador()
        refused(helper, number)
        client = client_for(helper)
        client.get("/points/decisions/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/points/decisions/").status_code == 200
        counts.append(len(captured))
    assert counts == [counts[0]] * 2
