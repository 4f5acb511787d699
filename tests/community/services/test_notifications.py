"""Notifications: told once, shown once, read once, each only by its owner."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Member, Notification, Thread
from community.services import notifications
from tests import factories
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=1)


def row(member: Member, key: str = "k", thread: Thread | None = None) -> Notification:
    return Notification(member=member, key=key, kind="answer.created", thread=thread, created_at=NOW)


def stored(member: Member) -> list[Notification]:
    return list(Notification.objects.filter(member=member).order_by("id"))


def test_the_same_key_tells_a_member_once(member: Member) -> None:
    other = factories.member()
    notifications.tell([row(member), row(other)])
    notifications.tell([row(member), row(member, "k2")])
    assert [told.key for told in stored(member)] == ["k", "k2"]
    assert [told.key for told in stored(other)] == ["k"]


def test_shown_is_kept_from_the_first_time_and_only_for_ones_own(member: Member) -> None:
    other = factories.member()
    notifications.tell([row(member), row(other)])
    ids = list(Notification.objects.values_list("id", flat=True))
    notifications.mark_shown(member=member, ids=ids, at=NOW)
    notifications.mark_shown(member=member, ids=ids, at=LATER)
    assert [told.shown_at for told in stored(member) + stored(other)] == [NOW, None]


def test_reading_one_thread_leaves_the_others_unread(member: Member, thread: Thread) -> None:
    notifications.tell([row(member, "a", thread), row(member, "b"), row(factories.member(), "c", thread)])
    assert notifications.mark_read(member=member, at=NOW, thread_id=thread.pk) == 1
    assert [told.read_at for told in stored(member)] == [NOW, None]
    assert Notification.objects.get(key="c").read_at is None


def test_reading_everything_a_second_time_changes_nothing(member: Member) -> None:
    notifications.tell([row(member, "a"), row(member, "b")])
    assert notifications.mark_read(member=member, at=NOW) == 2
    with unchanged():
        assert notifications.mark_read(member=member, at=LATER) == 0
