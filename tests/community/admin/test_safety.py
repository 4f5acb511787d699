"""Safety in the admin: what a manager works with, and what not even an administrator gets around."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Answer, Appeal, Brand, Case, Letter, Member, Notice, Sanction, WatchedWord
from community.services import answers, appeals, moderation, notices, sanctions, screening
from tests import factories, staff
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PAGES = {
    "/admin/community/case/": 200,
    "/admin/community/sanction/": 200,
    "/admin/community/sanction/add/": 200,
    "/admin/community/appeal/": 200,
    "/admin/community/notice/": 200,
    "/admin/community/letter/": 200,
    "/admin/community/watchedword/": 200,
    "/admin/community/watchedword/add/": 200,
    "/admin/community/activity/?part=moderation": 200,
    "/admin/community/case/add/": 403,
    "/admin/community/appeal/add/": 403,
    "/admin/community/letter/add/": 403,
}


def case_of(answer: Answer) -> Case:
    return moderation.flag(kind="answer", post=answer, member=factories.member(), reason="spam", at=NOW).case


def silence(member: Member, by: Member) -> Sanction:
    return sanctions.impose(
        member=member, grade=Sanction.Grade.SILENCE, facts="Three adverts.", rule="No advertising.",
        until=NOW + timedelta(days=7), by=by, at=NOW,
    )  # fmt: skip


def test_a_manager_finds_every_page_of_safety(answer: Answer) -> None:
    clara = staff.manager()
    case = case_of(answer)
    moderation.decide(case=case, by=clara, remove=True, at=NOW)
    appeal = appeals.file(sanction=Sanction.objects.get(), text="No.", at=NOW)
    notice = notices.receive(
        kind="fraud", url="/nowhere/", explanation="x", name="Nora", email="n@example.com", language="en", at=NOW
    )
    client = staff.browser(clara)
    rows = {
        f"/admin/community/{name}/{pk}/change/": 200
        for name, pk in (
            *(("case", case.pk), ("sanction", appeal.sanction_id), ("appeal", appeal.pk), ("notice", notice.pk)),
            ("letter", Letter.objects.order_by("pk")[0].pk),
        )
    }
    assert {address: client.get(address).status_code for address in PAGES | rows} == PAGES | rows


def test_chosen_cases_are_removed_kept_and_taken_up_again(answer: Answer) -> None:
    case, client = case_of(answer), staff.browser(staff.manager())
    for action, outcome in (("remove", "removed"), ("undo", ""), ("keep", "kept")):
        chosen = {"action": action, "_selected_action": [case.pk], "index": "0"}
        client.post("/admin/community/case/?state=all", chosen)
        case.refresh_from_db()
        assert case.outcome == outcome


def test_ones_own_case_stays_open(member: Member) -> None:
    clara = staff.manager()
    case = case_of(factories.answer(author=clara))
    client = staff.browser(clara)
    client.post("/admin/community/case/", {"action": "keep", "_selected_action": [case.pk], "index": "0"})
    case.refresh_from_db()
    assert case.outcome == ""


class TestSanctions:
    FORM = {
        "grade": "silence",
        "facts": "Twelve adverts in one hour.",
        "ground": "rules",
        "rule": "No advertising.",
        "until_0": (NOW + timedelta(days=3)).date().isoformat(),
        "until_1": "12:00:00",
    }

    def test_are_imposed_by_form_and_lifted_by_action(self, member: Member) -> None:
        client = staff.browser(staff.manager())
        response = client.post("/admin/community/sanction/add/", {**self.FORM, "member": member.pk})
        sanction = Sanction.objects.get()
        assert (response.status_code, sanction.member, Letter.objects.count()) == (302, member, 1)
        chosen = {"action": "lift", "_selected_action": [sanction.pk], "index": "0"}
        client.post("/admin/community/sanction/", chosen)
        sanction.refresh_from_db()
        assert sanction.lifted_at is not None

    @pytest.mark.parametrize("change", [{"until_0": "2020-01-01"}, {"until_0": "", "until_1": ""}, {"rule": ""}])
    def test_what_the_service_refuses_is_said_in_the_form(self, change: dict[str, str], member: Member) -> None:
        client = staff.browser(staff.manager())
        response = client.post("/admin/community/sanction/add/", {**self.FORM, "member": member.pk, **change})
        assert (response.status_code, Sanction.objects.count()) == (200, 0)

    def test_a_manager_decides_neither_about_administrators_nor_themselves(self) -> None:
        clara, root = staff.manager(), staff.superuser()
        client = staff.browser(clara)
        for member in (clara, root):
            client.post("/admin/community/sanction/add/", {**self.FORM, "member": member.pk})
        assert not Sanction.objects.exists()


class TestAppeals:
    ANSWER = {"verdict": "lifted", "words": "You are right."}

    def test_a_second_person_decides(self, member: Member) -> None:
        appeal = appeals.file(sanction=silence(member, staff.superuser()), text="No.", at=NOW)
        client = staff.browser(staff.manager())
        client.post(f"/admin/community/appeal/{appeal.pk}/change/", self.ANSWER)
        appeal.refresh_from_db()
        member.refresh_from_db()
        assert (appeal.outcome, appeal.answer, member.silenced_until) == ("lifted", "You are right.", None)

    def test_the_first_one_reads_and_does_not_decide_whoever_it_is(self, member: Member) -> None:
        root = staff.superuser()
        appeal = appeals.file(sanction=silence(member, root), text="No.", at=NOW)
        client = staff.browser(root)
        address = f"/admin/community/appeal/{appeal.pk}/change/"
        assert (client.get(address).status_code, client.post(address, self.ANSWER).status_code) == (200, 403)
        assert Appeal.objects.get().outcome == ""


def test_a_notice_without_a_post_is_answered(member: Member) -> None:
    notice = notices.receive(
        kind="fraud", url="/nowhere/", explanation="x", name="Nora", email="n@example.com", language="en", at=NOW
    )
    client = staff.browser(staff.manager())
    said = {"verdict": "kept", "words": "This is not on our site."}
    client.post(f"/admin/community/notice/{notice.pk}/change/", said)
    again = client.post(f"/admin/community/notice/{notice.pk}/change/", {**said, "verdict": "removed"})
    assert (Notice.objects.get().outcome, again.status_code) == ("kept", 403)
    assert Letter.objects.filter(body__contains="This is not on our site.").count() == 1


def test_a_watched_word_works_at_once(answer: Answer, member: Member) -> None:
    screening.check(author=member, texts=("casino",))  # keeps the list without it
    client = staff.browser(staff.manager())
    form = {"pattern": "casino*", "effect": "refuse", "note": "", "is_active": "on"}
    client.post("/admin/community/watchedword/add/", form)
    assert WatchedWord.objects.get().effect == "refuse"
    with refused(screening.WordRefused):
        answers.create(thread=answer.thread, author=member, body="The best casino", at=NOW)


def test_the_approval_of_first_posts_is_switched_on_the_brands_page() -> None:
    Brand.objects.create(pk=1, name="Nordlicht")
    client = staff.browser(staff.manager())
    page = client.get("/admin/community/brand/1/change/").content.decode()
    assert 'name="first_posts_held"' in page
    assert 'name="newcomer_links"' in page
