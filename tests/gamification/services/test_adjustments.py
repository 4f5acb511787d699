"""A moved threshold: a worker brings everybody in line, some at a time; who does something meanwhile comes first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Member, Notification, Standing
from community.services import votes
from gamification.models import Adjustment, Award, Grade, KeptLevel, Level
from gamification.services import adjustments, falls, regrading
from gamification.services.falls import GRACE
from gamification.services.runs import ATTEMPTS, PATIENCE
from tests import factories
from tests.races.crowd import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


@pytest.fixture
def helpers(monkeypatch: pytest.MonkeyPatch) -> list[Member]:
    """Five who have one accepted answer, 10 points and the bronze badge each; a worker takes two members at a time."""
    monkeypatch.setattr(adjustments, "BATCH", 2)
    made = [factories.member() for _ in range(5)]
    for helper in made:
        factories.accepted_answer(author=helper)
    factories.work_off()
    return made


def move(threshold: int) -> Grade:
    grade = Grade.objects.select_related("badge").get(badge__metric="accepted_answers", tier="bronze")
    Grade.objects.filter(pk=grade.pk).update(threshold=threshold)
    adjustments.ask(badge=grade.badge, by=None, at=timezone.now())
    return grade


def test_everybody_is_brought_in_line_some_at_a_time(helpers: list[Member]) -> None:
    grade = move(2)
    Level.objects.filter(number=1).update(threshold=15)
    adjustments.ask(badge=None, by=None, at=timezone.now())
    # Nothing has happened yet, and that is no difference: a worker has it before it.
    assert (Award.objects.filter(kept_until=None).count(), differences()) == (5, [])
    assert adjustments.work_off(at=timezone.now()) == 2
    assert Award.objects.filter(grade=grade, kept_until__isnull=False).count() == 5
    # Who asked has never earned anything, and stood on the first level all the same.
    assert KeptLevel.objects.filter(number=1).count() == Member.objects.count() == 10
    assert Notification.objects.filter(kind__in=("badge.falling", "level.falling")).count() == 15
    assert (set(Adjustment.objects.values_list("state", flat=True)), differences()) == ({"done"}, [])


def test_whoever_is_evaluated_meanwhile_loses_nothing_untold(helpers: list[Member]) -> None:
    Level.objects.filter(number=1).update(threshold=15)
    adjustments.ask(badge=None, by=None, at=timezone.now())
    move(2)
    answer = helpers[0].answers.get()
    votes.cast(answer=answer, voter=factories.member(), value=1, at=timezone.now())
    factories.work_off()
    assert Notification.objects.filter(kind="badge.falling").count() == 1
    assert Notification.objects.filter(kind="level.falling").count() == 1
    assert Standing.objects.get(member=helpers[0]).level == 1
    adjustments.work_off(at=timezone.now())
    assert Notification.objects.filter(kind="badge.falling").count() == 5
    assert differences() == []


def test_a_worker_that_was_killed_is_followed_by_one_that_goes_on_where_it_was(helpers: list[Member]) -> None:
    move(2)
    now = timezone.now()
    Adjustment.objects.update(state="running", started_at=now, cursor=helpers[2].pk)
    assert adjustments.work_off(at=now) == 0
    assert adjustments.work_off(at=now + PATIENCE) == 1
    fallen = Award.objects.filter(kept_until__isnull=False).order_by("member").values_list("member", flat=True)
    assert list(fallen) == [helpers[3].pk, helpers[4].pk]


def test_what_fails_is_known_and_asked_again(helpers: list[Member], monkeypatch: pytest.MonkeyPatch) -> None:
    move(2)
    with monkeypatch.context() as broken:
        broken.setattr(regrading, "BATCH", 0)
        assert [adjustments.work_off(at=timezone.now()) for _ in range(ATTEMPTS)] == [0] * ATTEMPTS
    assert Adjustment.objects.get().state == "failed"
    assert {row.check for row in differences()} == {"adjustments", "awards"}
    move(2)
    assert (adjustments.work_off(at=timezone.now()), differences()) == (1, [])


def test_nothing_is_let_go_while_a_threshold_moves(helpers: list[Member]) -> None:
    move(2)
    adjustments.work_off(at=timezone.now())
    later = timezone.now() + GRACE + timedelta(days=1)
    move(1)
    falls.land(at=later)
    assert Award.objects.count() == 5
    adjustments.work_off(at=timezone.now())
    falls.land(at=later)
    assert (Award.objects.filter(kept_until=None).count(), differences()) == (5, [])
