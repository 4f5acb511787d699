"""What has reached whom: noted for many at once, never back, and not told of who was only asked."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from chat.models import Conversation
from chat.services import conversations
from community.models import Member
from tests import factories
from tests.chat import world

pytestmark = pytest.mark.django_db


def talk_of(lena: Member, *, says: int = 2) -> tuple[Conversation, Member]:
    """Somebody to whom Lena has written."""
    other = factories.member()
    talk = world.direct(lena, other)
    for _number in range(says):
        world.said(talk, lena)
    return talk, other


def test_it_moves_forward_only_and_for_those_who_were_reached(lena: Member) -> None:
    (talk, mara), (elsewhere, jonas) = talk_of(lena), talk_of(lena)
    reached: dict[int, Any] = {talk.pk: (2, {lena, mara}), elsewhere.pk: (1, {jonas, mara})}
    assert [conversations.arrived(reached=reached) for _ in range(2)] == [2, 0]
    conversations.arrived(reached={talk.pk: (1, {mara})})
    places = [world.place(talk, mara), world.place(elsewhere, jonas)]
    assert [(place.delivered_seq, place.read_seq) for place in places] == [(2, 0), (1, 0)]


def test_who_is_only_asked_is_not_told_of(lena: Member) -> None:
    talk, mara = talk_of(lena)
    Conversation.objects.update(requested_by=lena)
    assert conversations.arrived(reached={talk.pk: (2, {mara})}) == 0


def test_many_cost_as_much_as_one(lena: Member, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    talks = [talk_of(lena, says=1) for _number in range(10)]
    with django_assert_num_queries(4):  # savepoint and release of the test's transaction among them
        conversations.arrived(reached={talk.pk: (1, {other}) for talk, other in talks})
