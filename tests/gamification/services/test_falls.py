"""A correction that would lower a level waits until its owner knows, with the day and what keeps the level."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Notification, Standing
from gamification.models import Entry, Replay, RuleVersion
from gamification.queries.days import site_day
from gamification.services import replays
from tests import factories
from tests.staff import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


def test_who_would_lose_a_level_is_told_three_days_before() -> None:
    mara, clara, now = factories.member("Mara Lindqvist"), factories.member("Clara Holm"), timezone.now()
    for _ in range(2):
        factories.accepted_answer(author=mara)
    factories.work_off()
    # Twice 10 were paid where 4 are due.
    RuleVersion.objects.filter(verb="answer.accepted").update(reputation=4)
    replays.ask(by=clara, at=now)
    replays.work_off(at=now)
    replay, until = Replay.objects.get(), site_day(now) + timedelta(days=3)

    for days in (0, 1, 2):
        assert replays.apply(replay=replay, by=clara, at=now + timedelta(days=days)) == until
    notice = Notification.objects.get(kind="level.falling")

    assert (notice.member, notice.facts["missing"], notice.facts["until"]) == (mara, 12, until.isoformat())
    assert (Standing.objects.get(member=mara).level, Entry.objects.exclude(kind="grant").count()) == (2, 0)
    page = browser(mara).get("/notifications/").content.decode()
    assert ("<strong>Level 2</strong>" in page, "; an accepted answer is the shortest way" in page) == (True, True)

    assert replays.apply(replay=replay, by=clara, at=now + timedelta(days=3)) is None
    assert (Standing.objects.get(member=mara).level, Entry.objects.filter(kind="correction").count()) == (1, 2)
    with pytest.raises(replays.Outdated):
        replays.apply(replay=replay, by=clara, at=now + timedelta(days=4))
    assert Notification.objects.filter(kind="level.falling").count() == 1
