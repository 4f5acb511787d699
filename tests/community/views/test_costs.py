"""What a page costs: the same number of queries with one row and with thirty."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.models import Member, Thread
from community.services import votes
from tests import factories

#: Of a signed-in page: session, member, what is unread and the member's own standing in the shell.
SHELL = 4
#: Where something is unread its lines are counted. The thread's page, once opened, leaves nothing unread.
UNREAD = 1

PAGES = [
    ("/", 5, 7 + SHELL + UNREAD),
    ("/threads/", 3, 4 + SHELL + UNREAD),
    ("/threads/?phase=before&topic=brewing&product=aurora&sort=active", 3, 5 + SHELL + UNREAD),
    ("/threads/?sort=top", 3, 4 + SHELL + UNREAD),
    ("/threads/?sort=unanswered", 3, 4 + SHELL + UNREAD),
    ("/products/", 2, 2 + SHELL + UNREAD),
    ("/products/aurora/", 6, 10 + SHELL + UNREAD),
    ("/members/mara-lindqvist/", 7, 8 + SHELL + UNREAD),
    ("/members/lena-sommer/?tab=questions", 7, 12 + SHELL + UNREAD),
    ("{thread}", 7, 15 + SHELL),
    ("{thread}?sort=new", 7, 15 + SHELL),
    ("{thread}?sort=old", 7, 15 + SHELL),
    ("/threads/{pk}/accepted/", 4, 9),
    ("/threads/{pk}/news/", 5, 11),
    ("/follows/", 0, 2 + SHELL),
    ("/notifications/", 0, 2 + SHELL),
    ("/notifications/menu/", 0, 1 + SHELL),
    ("/settings/notifications/", 0, 1 + SHELL),
    ("/news/", 1, 2 + SHELL),
]


def fill(rows: int, author: Member, helper: Member) -> Thread:
    """Store questions, and answers, comments, votes and notifications of the first one, which is returned."""
    product, topic = factories.product("aurora"), factories.topic("brewing")
    busy, *_rest = factories.many(factories.thread, rows + 1, author, product=product, topic=topic)
    for answer in factories.many(factories.answer, rows, busy, helper):
        factories.comment(answer, author)
        votes.cast(answer=answer, voter=author, value=1, at=timezone.now())
    factories.many(factories.comment, rows, busy, helper)
    factories.accepted_answer(busy, helper)
    factories.work_off()
    found: Thread = busy
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30])
def test_pages_cost_the_same_however_much_they_show(
    rows: int,
    member: Member,
    ambassador: Member,
    client_for: Callable[[Member], Client],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    busy = fill(rows, member, ambassador)
    visitor, reader = Client(), client_for(member)
    for template, anonymous, signed_in in PAGES:
        path = template.format(thread=busy.get_absolute_url(), pk=busy.pk)
        for client, queries in ((visitor, anonymous), (reader, signed_in)):
            client.get(path)  # fills what is cached for minutes
            with django_assert_num_queries(queries, info=f"{rows} rows at {path}"):
                client.get(path)
