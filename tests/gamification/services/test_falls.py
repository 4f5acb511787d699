"""What the team's decisions take, level or badge, stays for three days; its owner reads until when, what keeps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from community.models import Answer, Member, Notification, Standing
from community.services import answers
from gamification.models import Award, Badge, Counter, Entry, Grade, KeptLevel, Level, Replay, Rule, RuleVersion
from gamification.queries.days import site_day
from gamification.services import adjustments, falls, replays, retroactions, rules
from gamification.services.falls import GRACE
from tests import factories
from tests.races.crowd import differences
from tests.staff import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


@pytest.fixture
def mara() -> Member:
    """On level 2, which begins at 20, with twice 10 for two accepted answers."""
    made = factories.member("Mara Lindqvist")
    for _ in range(2):
        factories.accepted_answer(author=made)
    factories.work_off()
    return made


@pytest.fixture
def clara() -> Member:
    return factories.member("Clara Holm", is_staff=True, is_superuser=True)


def move_level(number: int, threshold: int, *, at: datetime | None = None) -> None:
    Level.objects.filter(number=number).update(threshold=threshold)
    moved(None, at)


def move_grade(threshold: int, *, at: datetime | None = None) -> Grade:
    """Move the threshold of the small world's badge for accepted answers, whose first grade takes one."""
    grade = Grade.objects.select_related("badge").get(badge__metric="accepted_answers", tier="bronze")
    Grade.objects.filter(pk=grade.pk).update(threshold=threshold)
    moved(grade.badge, at)
    return grade


def moved(badge: Badge | None, at: datetime | None) -> None:
    at = at or timezone.now()
    adjustments.ask(badge=badge, by=None, at=at)
    assert adjustments.work_off(at=at) == 1


def level(member: Member) -> int:
    return Standing.objects.get(member=member).level


def kept(member: Member) -> list[tuple[int, date]]:
    return list(KeptLevel.objects.filter(member=member).order_by("number").values_list("number", "until"))


def test_what_a_replay_corrects_lets_the_level_stay_for_three_days(mara: Member, clara: Member) -> None:
    now = timezone.now()
    # Twice 10 were paid where 4 are due.
    RuleVersion.objects.filter(verb="answer.accepted").update(reputation=4)
    replays.ask(by=clara, at=now)
    replays.work_off(at=now)
    replays.apply(replay=Replay.objects.get(), by=clara, at=now)
    assert Entry.objects.filter(kind="correction").count() == 2
    assert_stays(mara, missing=12, words="Points were counted wrongly and are put right.")
    replays.ask(by=clara, at=now)
    replays.work_off(at=now)
    assert Replay.objects.latest("pk").differences == 0


def test_a_version_for_the_past_lets_it_stay(mara: Member, clara: Member) -> None:
    rule = Rule.objects.get(slug="answer-accepted")
    terms = replace(rules.terms_of(rule.versions.get()), reputation=4)
    retroactions.ask(version=rules.write(rule=rule, terms=terms, by=None), by=clara, at=timezone.now())
    assert retroactions.work_off(at=timezone.now()) == 1
    assert_stays(mara, missing=12, words="A rule was changed, for the past as well.")


def test_a_threshold_that_moves_lets_it_stay(mara: Member) -> None:
    move_level(2, 30)
    assert_stays(mara, missing=10, words="Levels begin at other points now.")


def assert_stays(mara: Member, *, missing: int, words: str) -> None:
    """Level 2 is kept, told of once and shown where levels are; three days later it is gone."""
    now = timezone.now()
    until = site_day(now) + GRACE
    assert (level(mara), kept(mara), differences()) == (2, [(2, until)], [])
    notice = Notification.objects.get(kind="level.falling")
    assert (notice.member, notice.facts["missing"], notice.facts["until"]) == (mara, missing, until.isoformat())
    page = browser(mara).get("/notifications/").content.decode()
    assert words in page
    assert "<strong>Level 2</strong> stays until the end of" in page
    assert (f"{missing} more " in page, "; an accepted answer is the shortest way." in page) == (True, True)
    assert "yours until the end of" in browser(mara).get("/levels/").content.decode()

    falls.land(at=now + GRACE)
    assert level(mara) == 2
    falls.land(at=now + GRACE + timedelta(days=1))
    assert (level(mara), kept(mara), differences()) == (1, [], [])


def test_whoever_gets_there_in_time_keeps_it_for_good(mara: Member) -> None:
    move_level(2, 30)
    factories.accepted_answer(author=mara)
    factories.work_off()
    falls.land(at=timezone.now() + GRACE + timedelta(days=1))
    assert (level(mara), kept(mara), differences()) == (2, [], [])


def test_what_is_kept_is_neither_told_again_nor_kept_for_longer(mara: Member) -> None:
    now = timezone.now()
    move_level(2, 30)
    move_level(2, 40, at=now + timedelta(days=2))
    assert (level(mara), kept(mara)) == (2, [(2, site_day(now) + GRACE)])
    assert Notification.objects.filter(kind="level.falling").count() == 1


def test_of_several_levels_the_highest_is_told_and_all_stay(mara: Member) -> None:
    Level.objects.filter(number=2).update(threshold=10)
    move_level(3, 20)
    assert level(mara) == 3
    Level.objects.filter(number=2).update(threshold=60)
    move_level(3, 70)
    until = site_day(timezone.now()) + GRACE
    assert (level(mara), kept(mara)) == (3, [(2, until), (3, until)])
    assert Notification.objects.get(kind="level.falling").facts["name_en"] == "Level 3"


def test_a_level_that_is_gained_is_not_kept(mara: Member) -> None:
    Level.objects.filter(number=2).update(threshold=10)
    move_level(3, 20)
    assert (level(mara), kept(mara)) == (3, [])
    assert not Notification.objects.filter(kind="level.falling").exists()


class TestBadges:
    @pytest.fixture(autouse=True)
    def only_bronze(self, small_world: None) -> None:
        Grade.objects.exclude(tier="bronze").delete()

    def test_a_threshold_that_moves_lets_it_stay_for_three_days(self, mara: Member) -> None:
        now = timezone.now()
        grade = move_grade(4, at=now)
        until = site_day(now) + GRACE
        assert (held(mara), differences()) == ([(grade.pk, until)], [])
        told = Notification.objects.get(kind="badge.falling")
        assert (told.member, told.facts["missing"], told.facts["until"]) == (mara, 2, until.isoformat())
        page = browser(mara).get("/notifications/").content.decode()
        assert "A badge begins at another number now." in page
        assert "What keeps it: 2 more accepted answers." in page
        assert "What keeps it: 2 more accepted answers." in browser(mara).get("/badges/").content.decode()
        assert "Yours until the end of" in browser(mara).get(mara.get_absolute_url()).content.decode()

        falls.land(at=now + GRACE)
        assert held(mara) == [(grade.pk, until)]
        falls.land(at=now + GRACE + timedelta(days=1))
        assert (held(mara), Standing.objects.get(member=mara).pin, differences()) == ([], {}, [])

    def test_whoever_gets_there_in_time_holds_it_for_good(self, mara: Member) -> None:
        grade = move_grade(3)
        factories.accepted_answer(author=mara)
        factories.work_off()
        assert (held(mara), differences()) == ([(grade.pk, None)], [])

    def test_what_is_kept_is_neither_told_again_nor_kept_for_longer(self, mara: Member) -> None:
        now = timezone.now()
        grade = move_grade(3)
        move_grade(4, at=now + timedelta(days=2))
        assert held(mara) == [(grade.pk, site_day(now) + GRACE)]
        assert Notification.objects.filter(kind="badge.falling").count() == 1

    def test_a_threshold_that_is_moved_back_gives_it_back(self, mara: Member) -> None:
        move_grade(3)
        grade = move_grade(2)
        assert (held(mara), differences()) == ([(grade.pk, None)], [])

    def test_an_undo_takes_it_at_once_but_not_what_was_promised_for_some_days(self, mara: Member) -> None:
        grade = move_grade(3)
        kept = held(mara)
        answer = Answer.objects.filter(author=mara).latest("pk")
        answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
        factories.work_off()
        assert (held(mara), differences()) == (kept, [])
        move_grade(1)
        assert held(mara) == [(grade.pk, None)]
        answer = Answer.objects.filter(author=mara).earliest("pk")
        answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
        factories.work_off()
        assert (held(mara), differences()) == ([], [])

    def test_what_a_replay_corrects_lets_it_stay(self, mara: Member, clara: Member) -> None:
        grade = move_grade(2)
        now = timezone.now()
        Counter.objects.filter(member=mara, metric="accepted_answers").update(value=7)
        move_grade(7)
        assert held(mara) == [(grade.pk, None)]
        replays.ask(by=clara, at=now)
        replays.work_off(at=now)
        replays.apply(replay=Replay.objects.get(), by=clara, at=now)
        assert (held(mara), differences()) == ([(grade.pk, site_day(now) + GRACE)], [])
        assert "A badge was counted wrongly" in browser(mara).get("/notifications/").content.decode()


def held(member: Member) -> list[tuple[int, date | None]]:
    return list(Award.objects.filter(member=member).order_by("grade").values_list("grade", "kept_until"))
