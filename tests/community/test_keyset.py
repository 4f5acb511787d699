"""Keyset pages: walked forward and back over any data they are the sorted list."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.keyset import BadCursor, Page, paginate
from community.models import Notification, Thread
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ORDERS = [("-created_at", "-id"), ("score", "-created_at", "id"), ("-score", "id"), ("state", "score", "-id"), ("id",)]


def page(order: tuple[str, ...], cursor: str | None, size: int) -> Page[Thread]:
    return paginate(Thread.objects.all(), order=order, cursor=cursor, size=size)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(st.tuples(st.integers(-2, 2), st.integers(0, 3), st.booleans()), max_size=12),
    order=st.sampled_from(ORDERS),
    size=st.integers(1, 5),
)
def test_forward_and_back_over_any_rows_is_the_sorted_list(
    rows: list[tuple[int, int, bool]], order: tuple[str, ...], size: int
) -> None:
    author = factories.member()
    Thread.objects.all().delete()
    Thread.objects.bulk_create(
        Thread(
            author=author,
            title="A question",
            phase="before",
            score=score,
            state="open" if opened else "unanswered",
            created_at=NOW + timedelta(microseconds=moment),
            active_at=NOW,
        )
        for score, moment, opened in rows
    )
    expected = list(Thread.objects.order_by(*order).values_list("pk", flat=True))

    pages = [page(order, None, size)]
    while pages[-1].next:
        pages.append(page(order, pages[-1].next, size))
    assert [thread.pk for one in pages for thread in one] == expected
    assert pages[0].previous is None
    assert all(len(one) == size for one in pages[:-1])

    back = [pages[-1]]
    while back[-1].previous:
        back.append(page(order, back[-1].previous, size))
    assert [thread.pk for one in reversed(back) for thread in one] == expected


def test_a_new_row_before_the_cursor_shifts_no_page() -> None:
    old = [factories.thread(at=NOW - timedelta(minutes=n)) for n in range(4)]
    order = ("-created_at", "-id")
    first = page(order, None, 2)
    factories.thread(at=NOW + timedelta(minutes=1))
    assert list(page(order, first.next, 2)) == old[2:]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%%%",
        "💥",
        base64.urlsafe_b64encode(b"{}").decode(),
        base64.urlsafe_b64encode(b"[]").decode(),
        base64.urlsafe_b64encode(b"[0]").decode(),
        base64.urlsafe_b64encode(b"[0,1]").decode(),
        base64.urlsafe_b64encode(b'[0,"x","y"]').decode(),
        base64.urlsafe_b64encode(b'[0,{"t":"x"},1]').decode(),
        base64.urlsafe_b64encode(b'[0,{"t":5},1]').decode(),
        base64.urlsafe_b64encode(b'[0,{"u":"2026-01-01"},1]').decode(),
        base64.urlsafe_b64encode(b'[0,{"t":"2026-01-01T00:00:00"},1]').decode(),
        base64.urlsafe_b64encode(b'[0,{"t":"2026-01-01T00:00:00+00:00"},1e400]').decode(),
        base64.urlsafe_b64encode(b'[0,{"t":"2026-01-01T00:00:00+00:00"},[1]]').decode(),
        base64.urlsafe_b64encode(b'[0,{"t":"2026-01-01T00:00:00+00:00"},null]').decode(),
        base64.urlsafe_b64encode(b"[0,null,1]").decode(),
        base64.urlsafe_b64encode(json.dumps([0, {"t": "2026-01-01T00:00:00+00:00"}, 10**40]).encode()).decode(),
        base64.urlsafe_b64encode(b'[7,{"t":"2026-01-01T00:00:00+00:00"},1]').decode(),
        base64.urlsafe_b64encode(b"[" * 5000).decode(),
    ],
)
def test_a_made_up_cursor_is_refused_or_harmless(cursor: str) -> None:
    asked = factories.thread()
    try:
        found = list(page(("-created_at", "-id"), cursor, 5))
    except BadCursor:
        found = []
    assert found in ([], [asked])


def test_the_cursor_of_another_list_is_refused() -> None:
    for _ in range(3):
        factories.thread()
    cursor = page(("id",), None, 1).next
    with pytest.raises(BadCursor):
        paginate(Notification.objects.all(), order=("-created_at", "-id"), cursor=cursor)
