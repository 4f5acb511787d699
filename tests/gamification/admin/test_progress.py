"""A manager without further rights writes seasons and quests and takes badges back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from community.models import Member
from gamification.models import Award, Quest, Revocation, Season, Streak
from tests import factories, staff

pytestmark = pytest.mark.django_db
SEASON = {
    "name_de": "Herbst",
    "name_en": "Autumn",
    "slug": "autumn",
    "first_day": "2026-09-01",
    "last_day": "2026-11-30",
}
QUEST = {
    **SEASON,
    "description_de": "",
    "description_en": "",
    "reputation": "0",
    "credits": "40",
    "accepted_answers": "2",
}


@pytest.fixture
def clara(client: Client) -> Client:
    client.force_login(staff.manager())
    return client


def problems(response: Any) -> str:
    return str(response.content.decode())


def test_a_season_is_named_and_days_are_taken_once(clara: Client) -> None:
    assert clara.post("/admin/gamification/season/add/", SEASON).status_code == 302
    assert Season.objects.get().days.count() == 91
    again = clara.post("/admin/gamification/season/add/", {**SEASON, "slug": "late"})
    assert (again.status_code, "Choose days that no season has yet." in problems(again)) == (200, True)
    assert Season.objects.count() == 1


def test_a_season_moves(clara: Client) -> None:
    clara.post("/admin/gamification/season/add/", SEASON)
    season = Season.objects.get()
    address = f"/admin/gamification/season/{season.pk}/change/"
    assert clara.get(address).status_code == 200
    assert clara.post(address, {**SEASON, "last_day": "2026-09-02"}).status_code == 302
    season.refresh_from_db()
    assert (season.last_day, season.days.count()) == (date(2026, 9, 2), 2)


def test_a_quest_is_written_with_its_steps(clara: Client) -> None:
    assert clara.get("/admin/gamification/quest/add/").status_code == 200
    assert clara.post("/admin/gamification/quest/add/", QUEST).status_code == 302
    quest = Quest.objects.get()
    assert [(step.metric, step.count) for step in quest.steps.all()] == [("accepted_answers", 2)]
    assert clara.get("/admin/gamification/quest/").status_code == 200
    page = clara.get(f"/admin/gamification/quest/{quest.pk}/change/")
    assert 'name="accepted_answers"' in problems(page)


def test_a_quest_that_asks_nothing_is_refused(clara: Client) -> None:
    refused = clara.post("/admin/gamification/quest/add/", {**QUEST, "accepted_answers": ""})
    assert (refused.status_code, Quest.objects.count()) == (200, 0)


def test_a_badge_is_taken_back_and_given_back(clara: Client, ambassador: Member) -> None:
    factories.accepted_answer(author=ambassador)
    factories.work_off()
    award = Award.objects.get(member=ambassador)
    said = {"member": ambassador.pk, "grade": award.grade_id, "reason": ""}
    assert clara.post("/admin/gamification/revocation/add/", said).status_code == 200
    assert clara.post("/admin/gamification/revocation/add/", {**said, "reason": "Copied."}).status_code == 302
    row = Revocation.objects.get()
    assert not Award.objects.filter(member=ambassador).exists()
    assert clara.get(f"/admin/gamification/revocation/{row.pk}/change/").status_code == 200
    clara.post("/admin/gamification/revocation/", {"action": "give_back", "_selected_action": [row.pk]})
    assert Award.objects.filter(member=ambassador).count() == 1


def test_freezes_change_and_deeds_stay(clara: Client) -> None:
    streak = Streak.objects.get()
    said = {"name_de": "Dabei", "name_en": "Here", "freeze_every": "5", "freeze_most": "1", "verbs": "[]"}
    assert clara.post(f"/admin/gamification/streak/{streak.pk}/change/", said).status_code == 302
    changed = Streak.objects.get()
    assert (changed.freeze_every, changed.freeze_most, changed.verbs) == (5, 1, streak.verbs)


@pytest.mark.parametrize("page", ["season", "quest", "streak", "revocation"])
def test_members_see_none_of_it(page: str, member: Member) -> None:
    client = Client()
    client.force_login(member)
    assert client.get(f"/admin/gamification/{page}/").status_code == 302
