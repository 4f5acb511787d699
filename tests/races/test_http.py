"""Fifty requests at the same moment over real HTTP: one effect or fifty, and never an error of the server."""

from __future__ import annotations

import http.client
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import urlencode

import pytest
from django.test import Client

from community.models import Activity, Answer, Member, Thread, Vote
from tests import factories
from tests.journeys.world import worked_off
from tests.races.crowd import Outcome, at_once, differences

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_rest")]
CROWD = 50
TOKEN = "c" * 32


def session_of(member: Member) -> str:
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def post(site: str, path: str, session: str, **fields: object) -> int:
    connection = http.client.HTTPConnection(site.removeprefix("http://"), timeout=60)
    try:
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", path, urlencode(fields), headers)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


def statuses(requests: Sequence[Callable[[], int]]) -> Counter[int]:
    outcome: Outcome = at_once(requests)
    assert (outcome.errors, outcome.refusals) == ([], [])
    return Counter(outcome.answers)


def place(answer: Answer, verb: str) -> str:
    return f"/threads/{answer.thread_id}/answers/{answer.pk}/{verb}/"


def test_fifty_votes_of_one_member_count_once(site: str) -> None:
    answer = factories.answer()
    session = session_of(factories.member())

    assert statuses([partial(post, site, place(answer, "vote"), session, value=1)] * CROWD) == {303: CROWD}

    worked_off()
    assert [vote.value for vote in Vote.objects.all()] == [1]
    assert Activity.objects.filter(verb="answer.found_helpful").count() == 1
    assert differences() == []


def test_votes_of_fifty_members_all_count(site: str) -> None:
    answer = factories.answer()
    sessions = [session_of(voter) for voter in factories.many(factories.member, CROWD)]

    votes = [partial(post, site, place(answer, "vote"), session, value=1) for session in sessions]
    assert statuses(votes) == {303: CROWD}

    worked_off()
    answer.refresh_from_db()
    assert answer.score == CROWD
    assert differences() == []


def test_fifty_acceptances_of_one_answer_are_one(site: str) -> None:
    answer = factories.answer()
    session = session_of(answer.thread.author)

    assert statuses([partial(post, site, place(answer, "accept"), session)] * CROWD) == {303: CROWD}

    worked_off()
    assert Activity.objects.filter(verb="answer.accepted").count() == 1
    assert differences() == []


def test_of_fifty_answers_accepted_at_once_exactly_one_stays_accepted(site: str) -> None:
    thread = factories.thread()
    session = session_of(thread.author)
    rivals = [factories.answer(thread, helper) for helper in factories.many(factories.member, CROWD)]

    assert statuses([partial(post, site, place(rival, "accept"), session) for rival in rivals]) == {303: CROWD}

    worked_off()
    thread.refresh_from_db()
    standing = Activity.objects.filter(verb="answer.accepted", undone_by=None)
    assert [activity.subject_id for activity in standing] == [thread.accepted_answer_id]
    assert thread.state == Thread.State.SOLVED
    assert differences() == []
