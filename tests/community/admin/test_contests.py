"""Contests and ideas in the admin, as a community manager works there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from community.models import Contest, Idea, StatusChange, Toolkit
from community.services import contests
from tests import factories, staff

pytestmark = pytest.mark.django_db

FORM = {
    "title_de": "Was fehlt?", "title_en": "What is missing?", "slug": "missing", "time_zone": "America/New_York",
    "submit_from_0": "2026-10-01", "submit_from_1": "09:00", "vote_from_0": "2026-10-15", "vote_from_1": "09:00",
    "jury_from_0": "", "jury_from_1": "", "ends_at_0": "2026-11-15", "ends_at_1": "18:00", "vote_budget": "5",
    "jury_weight": "50", "winner_count": "1", "is_public": "on",
}  # fmt: skip


def test_times_are_those_of_the_contests_own_zone_on_both_sides_of_the_change() -> None:
    client = staff.browser(staff.manager())
    answer = client.post("/admin/community/contest/add/", FORM)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    contest = Contest.objects.get()
    # Daylight saving time in October, standard time in November.
    assert (contest.vote_from, contest.ends_at) == (
        datetime(2026, 10, 15, 13, tzinfo=UTC),
        datetime(2026, 11, 15, 23, tzinfo=UTC),
    )
    page = client.get(f"/admin/community/contest/{contest.pk}/change/").content.decode()
    assert 'value="18:00:00"' in page
    assert contest.host.display_name


@pytest.mark.parametrize(
    "change",
    [
        {"submit_from_0": "2026-03-08", "submit_from_1": "02:30"},
        {"vote_from_0": "2026-11-20"},
        {"time_zone": "Moon/Base"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_stored(change: dict[str, str]) -> None:
    answer = staff.browser(staff.manager()).post("/admin/community/contest/add/", {**FORM, **change})
    assert (answer.status_code, Contest.objects.count()) == (200, 0)


def test_a_decided_contest_keeps_what_decided_it() -> None:
    contest = factories.contest("ended")
    contests.close(contest_id=contest.pk, at=timezone.now())
    answer = staff.browser(staff.manager()).post(f"/admin/community/contest/{contest.pk}/change/", FORM)
    assert answer.status_code == 200
    assert Contest.objects.get().ends_at == contest.ends_at


def test_a_status_needs_its_reason_and_is_told_in_the_managers_name() -> None:
    manager, idea = staff.manager(), factories.idea()
    client, path = staff.browser(manager), f"/admin/community/idea/{idea.pk}/change/"
    assert client.post(path, {"status": "declined", "status_reason": " "}).status_code == 200
    assert StatusChange.objects.count() == 0
    assert client.post(path, {"status": "declined", "status_reason": "Too heavy."}).status_code == 302
    change = StatusChange.objects.get()
    assert (change.status, change.reason, change.by, Idea.objects.get().status) == (
        "declined",
        "Too heavy.",
        manager,
        "declined",
    )


def test_a_manager_finds_every_page_and_blind_votes_on_none() -> None:
    contest = factories.contest("vote", blind_votes=True)
    toolkit = factories.toolkit(contest)
    idea = factories.idea(contest=contest, choices={"bean": "dark"})
    Idea.objects.update(vote_count=4711)
    option = toolkit.options.get(key="bean")
    client = staff.browser(staff.manager())
    pages = (
        "/admin/community/idea/", f"/admin/community/idea/{idea.pk}/change/", "/admin/community/contest/",
        "/admin/community/ideacomment/", "/admin/community/contest/add/",
        f"/admin/community/contest/{contest.pk}/change/", f"/admin/community/toolkit/{toolkit.pk}/change/",
        f"/admin/community/toolkitoption/{option.pk}/change/", f"/admin/community/toolkit/add/?contest={contest.pk}",
    )  # fmt: skip
    answers = {page: client.get(page) for page in pages}
    assert {page: answer.status_code for page, answer in answers.items()} == dict.fromkeys(pages, 200)
    assert [page for page, answer in answers.items() if "4711" in answer.content.decode()] == []
    assert Toolkit.objects.count() == 1
