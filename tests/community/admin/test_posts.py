"""Posts are removed and restored in the admin through the services, and never rewritten."""

from __future__ import annotations

import re

import pytest

from community import activity
from community.models import Activity, Answer, Comment, Delivery, Letter, Member, Sanction, Thread
from tests import factories, staff

pytestmark = pytest.mark.django_db


def _act(by: Member, row: Thread | Answer | Comment, action: str) -> int:
    options = row._meta
    address = f"/admin/{options.app_label}/{options.model_name}/"
    return staff.browser(by).post(address, {"action": action, "_selected_action": [row.pk], "index": "0"}).status_code


@pytest.mark.parametrize("noun", ["thread", "answer", "comment", "review", "idea"])
def test_a_manager_removes_with_reasons_and_restores(noun: str) -> None:
    row = getattr(factories, noun)()
    clara = staff.manager()
    assert _act(clara, row, "hide") == 302
    row.refresh_from_db()
    assert (row.is_hidden, Sanction.objects.get().member, Letter.objects.count()) == (True, row.author, 1)
    assert Activity.objects.filter(verb=f"{noun}.hidden", actor=clara).count() == 1
    assert _act(clara, row, "restore") == 302
    row.refresh_from_db()
    assert (row.is_visible, Sanction.objects.get().lifted_by) == (True, clara)
    assert Activity.objects.filter(verb=f"{noun}.shown", actor=clara).count() == 1


def test_removing_twice_is_removing_once() -> None:
    row = factories.thread()
    clara = staff.manager()
    _act(clara, row, "hide")
    _act(clara, row, "hide")
    assert (Activity.objects.filter(verb=activity.THREAD_HIDDEN).count(), Sanction.objects.count()) == (1, 1)


def test_staff_without_the_permission_removes_nothing() -> None:
    row = factories.thread()
    helper = factories.member(is_staff=True)
    assert _act(helper, row, "hide") == 403
    row.refresh_from_db()
    assert row.is_visible


def test_nobody_rewrites_a_post() -> None:
    row = factories.thread(title="Which grind for a moka pot?")
    for person in (staff.manager(), staff.superuser()):
        answer = staff.browser(person).post(f"/admin/community/thread/{row.pk}/change/", {"title": "Rewritten words"})
        assert answer.status_code == 403
    row.refresh_from_db()
    assert row.title == "Which grind for a moka pot?"


def test_a_parked_delivery_is_tried_again() -> None:
    from django.utils import timezone

    factories.answer()
    row = Delivery.objects.order_by("pk").first()
    assert row is not None
    Delivery.objects.filter(pk=row.pk).update(parked_at=timezone.now(), attempts=5, error="boom")
    client = staff.browser(staff.manager())
    content = client.get("/admin/community/delivery/").content.decode()
    assert "boom" in content
    client.post("/admin/community/delivery/", {"action": "try_again", "_selected_action": [row.pk], "index": "0"})
    row.refresh_from_db()
    assert (row.parked_at, row.attempts, row.error) == (None, 0, "")


@pytest.mark.parametrize(
    ("language", "told"), [("en", ("Task", "Points and badges")), ("de", ("Aufgabe", "Punkte und Abzeichen"))]
)
def test_background_work_says_in_words_what_it_is(language: str, told: tuple[str, str]) -> None:
    manager = staff.manager()
    manager.language = language
    manager.save()
    factories.accepted_answer()
    row = Delivery.objects.get(consumer="gamification", activity__verb="answer.accepted")
    client = staff.browser(manager)
    for address in ("", "?consumer=gamification", f"{row.pk}/change/"):
        page = client.get(f"/admin/community/delivery/{address}").content.decode()
        assert all(words in page for words in told)
        assert not re.search(r">\s*gamification\b", page)
    assert (
        f">{told[1]}<"
        not in client.get("/admin/community/delivery/?consumer=search").content.decode().split("<tbody")[1]
    )


def test_two_chosen_questions_lead_to_the_page_that_merges_them() -> None:
    first, second = factories.thread(), factories.thread(title="How coarse do you grind for a moka pot?")
    browser = staff.browser(staff.manager())
    form = {"action": "merge", "_selected_action": [second.pk, first.pk], "index": "0"}
    response = browser.post("/admin/community/thread/", form)
    assert response["Location"] == f"/threads/{second.pk}/merge/?into={first.pk}"
    page = browser.get(response["Location"]).content.decode()
    assert (first.title in page, second.title in page, 'name="confirmed"' in page) == (True, True, True)
    assert Thread.objects.filter(merged_into=None).count() == 2


def test_one_chosen_question_is_not_merged() -> None:
    row = factories.thread()
    assert _act(staff.manager(), row, "merge") == 302
    row.refresh_from_db()
    assert row.merged_into is None
