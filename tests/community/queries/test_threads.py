"""Reads of threads that no page shows by itself."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from community import access, keyset
from community.models import Member, Thread
from community.queries import threads
from community.services import threads as services
from tests import factories

pytestmark = pytest.mark.django_db


def test_counts_by_phase_know_every_phase_and_are_kept(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    factories.thread(phase="after")
    gone = factories.thread(phase="before")
    services.delete(thread=gone, by=gone.author, at=gone.created_at)
    assert threads.counts_by_phase() == {"before": 0, "while": 0, "after": 1}
    with django_assert_num_queries(0):
        assert threads.counts_by_phase()["after"] == 1


def test_similar_threads_leave_out_the_thread_itself_and_what_was_deleted_since(member: Member) -> None:
    here, near, gone = (factories.thread(member, title=f"Which grind for the moka pot {n}?") for n in "abc")
    shown = Thread.objects.filter(deleted_at=None)
    assert set(threads.similar_to(shown, here)) == {near, gone}
    services.delete(thread=gone, by=member, at=gone.created_at)
    assert threads.similar_to(shown, here) == [near]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
@pytest.mark.parametrize("sort", sorted(threads.ORDERS))
def test_pages_forwards_and_backwards_show_each_row_once(sort: str, size: int, member: Member) -> None:
    factories.many(factories.thread, 7, member)  # all of the same moment and score: only the id tells them apart
    shown = access.threads_for(member)

    def page(cursor: str | None) -> keyset.Page[Thread]:
        return threads.page(shown, sort=sort, cursor=cursor, size=size)

    forwards = [page(None)]
    while forwards[-1].next:
        forwards.append(page(forwards[-1].next))
    backwards = [forwards[-1]]
    while backwards[-1].previous:
        backwards.append(page(backwards[-1].previous))

    expected = list(shown.order_by(*threads.ORDERS[sort]))
    assert [row for part in forwards for row in part] == expected
    assert [row for part in reversed(backwards) for row in part] == expected
    assert forwards[0].previous is None


def test_a_cursor_of_another_order_is_refused(member: Member) -> None:
    factories.many(factories.thread, 2, member)
    shown = access.threads_for(member)
    cursor = threads.page(shown, sort="new", size=1).next
    with pytest.raises(keyset.BadCursor):
        threads.page(shown, sort="top", cursor=cursor)
