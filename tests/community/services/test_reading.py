"""Reading: the position moves forward only."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community.models import Member, Seen, Thread
from community.services import reading
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(("steps", "reached"), [([0], 0), ([5, 3], 5), ([3, 5], 5), ([5, 5], 5), ([0, 7, 2, 6], 7)])
def test_the_position_is_the_farthest_that_was_read(member: Member, steps: list[int], reached: int) -> None:
    thread: Thread = factories.thread()
    for step in steps:
        reading.advance(member=member, thread=thread, position=step, at=NOW)
    assert list(Seen.objects.values_list("member", "thread", "position")) == [(member.pk, thread.pk, reached)]
