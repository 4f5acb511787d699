"""The work list of searches in vain, and the ladder, in the admin."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community.models import Escalation, Member, SearchMiss, Thread
from community.services import escalations, misses
from tests import factories, staff

pytestmark = pytest.mark.django_db

MISSES = "/admin/community/searchmiss/"


@pytest.fixture
def miss() -> SearchMiss:
    for _ in range(3):
        misses.note(term="Waschmaschine", language="de", at=timezone.now())
    return SearchMiss.objects.get()


def finish(by: Member, miss: SearchMiss) -> int:
    data = {"action": "mark_done", "_selected_action": [miss.pk], "index": "0"}
    return staff.browser(by).post(MISSES, data).status_code


def test_a_manager_works_the_list_off(miss: SearchMiss) -> None:
    clara = staff.manager()
    listed = staff.browser(clara).get(f"{MISSES}?done=no").content.decode()
    assert "waschmaschine" in listed
    assert "/search/?q=waschmaschine" in listed
    assert finish(clara, miss) == 302
    miss.refresh_from_db()
    assert (miss.done_at is not None, miss.done_by) == (True, clara)
    assert "/search/?q=waschmaschine" not in staff.browser(clara).get(f"{MISSES}?done=no").content.decode()


def test_staff_without_the_permission_marks_nothing(miss: SearchMiss) -> None:
    assert finish(factories.member(is_staff=True), miss) == 403
    miss.refresh_from_db()
    assert miss.done_at is None


def test_the_ladder_is_shown_and_never_written(thread: Thread) -> None:
    clara = staff.browser(staff.manager())
    escalations.take(thread=thread.pk, step=Escalation.Step.AGENTS, at=timezone.now())
    assert thread.title in clara.get("/admin/community/escalation/").content.decode()
    step = Escalation.objects.get()
    assert clara.get(f"/admin/community/escalation/{step.pk}/change/").status_code == 200
    assert clara.post(f"/admin/community/escalation/{step.pk}/change/", {"told": "9"}).status_code == 403
    assert clara.get("/admin/").content.decode().count(thread.title) == 1


def test_the_times_of_the_ladder_are_the_managers(db: None) -> None:
    page = staff.browser(staff.manager()).get("/admin/community/brand/add/").content.decode()
    assert [f'name="{name}"' in page for name in ("followers_after", "experts_after", "agents_after")] == [True] * 3


def test_languages_are_told_in_words_and_narrow_the_list_down(miss: SearchMiss) -> None:
    misses.note(term="lever machine", language="en", at=timezone.now())
    clara = staff.browser(staff.manager())
    listed = clara.get(f"{MISSES}?language=en").content.decode()
    assert ("lever machine" in listed, "waschmaschine" in listed) == (True, False)
    assert ">English<" in listed
    assert "German" in clara.get(f"{MISSES}{miss.pk}/change/").content.decode()
