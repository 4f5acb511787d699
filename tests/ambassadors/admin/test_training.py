"""Training in the admin: Clara writes lessons and their tests, and takes the proof away as a table."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ambassadors.admin import training as page_of_training
from ambassadors.models import TrainingAttempt, TrainingModule, TrainingQuestion
from ambassadors.services import training
from ambassadors.tier_rules import months_later
from community.models import Member, Role
from tests import factories
from tests.ambassadors import programme_world as world
from tests.staff import browser, manager, returning, superuser
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
ADMIN = "/admin/ambassadors"
NOW = timezone.now()


@pytest.fixture
def clara(db: None) -> Client:
    return returning(manager())


@pytest.mark.parametrize("page", ["trainingmodule", "trainingquestion", "trainingattempt", "trainingattempt/passed"])
def test_nobody_but_managers_comes_here(page: str) -> None:
    ben = factories.member("Ben Vogt", Role.AGENT, is_staff=True)
    for who in (None, world.onboarding().member, factories.member(), ben):
        assert browser(who).get(f"{ADMIN}/{page}/").status_code in {302, 403}


def lesson(**said: object) -> dict[str, object]:
    return {
        "title_de": "Ton", "title_en": "Tone", "summary_de": "", "summary_en": "", "slug": "tone", "position": 10,
        "minutes": 15, "for_ambassadors": "on", "for_team": "on", "is_required": "on", "is_active": "on",
        "pass_mark": 80, "cooldown_hours": 24, "validity_months": 12, "grace_days": 30,
        "body_de": "**Freundlich**", "body_en": "**Kind**",
        "questions-TOTAL_FORMS": 1, "questions-INITIAL_FORMS": 0,
        "questions-0-text_de": "Wie?", "questions-0-text_en": "How?", "questions-0-position": 1, **said,
    }  # fmt: skip


def test_clara_writes_a_lesson_with_its_terms(clara: Client) -> None:
    add = f"{ADMIN}/trainingmodule/add/"
    assert 'aria-label="Question [en]"' in clara.get(add).content.decode()
    for wrong in ({"pass_mark": 101}, {"validity_months": 0}):
        with unchanged():
            assert clara.post(add, lesson(**wrong)).status_code == 200
    assert clara.post(add, lesson()).status_code == 302
    made = TrainingModule.objects.values_list("html_en", "validity_months", "grace_days", "questions__text_de").get()
    assert made == ("<p><strong>Kind</strong></p>\n", 12, 30, "Wie?")


def choices(question: TrainingQuestion, *right: bool) -> dict[str, object]:
    rows = {
        f"choices-{place}-{name}": value
        for place, is_right in enumerate(right)
        for name, value in (
            ("question", question.pk), ("text_de", f"Wahl {place}"), ("text_en", f"Choice {place}"),
            ("position", place), ("is_right", "on" if is_right else ""),
        )
    }  # fmt: skip
    return {
        "module": question.module_id, "position": 1, "text_de": "Wie?", "text_en": "How?", "explanation_de": "",
        "explanation_en": "", "choices-TOTAL_FORMS": len(right), "choices-INITIAL_FORMS": 0, **rows,
    }  # fmt: skip


def test_a_question_has_two_answers_and_one_of_them_is_right(clara: Client) -> None:
    question = TrainingQuestion.objects.create(module=world.module(questions=0), text_de="Wie?", text_en="How?")
    change = f"{ADMIN}/trainingquestion/{question.pk}/change/"
    for wrong in ((True,), (False, False)):
        with unchanged():
            assert clara.post(change, choices(question, *wrong)).status_code == 200
    assert clara.post(change, choices(question, True, False)).status_code == 302
    assert list(question.choices.values_list("text_en", "is_right")) == [("Choice 0", True), ("Choice 1", False)]


def attempted(module: TrainingModule, *, right: bool) -> TrainingAttempt:
    ben = factories.member("Ben Vogt", Role.AGENT)
    answers = world.right_answers(module) if right else world.wrong_answers(module)
    return training.attempt(module=module, member=ben, answers=answers, at=NOW - timedelta(days=1))


def title(module: TrainingModule) -> str:
    return TrainingModule.objects.values_list("title_en", flat=True).get(pk=module.pk) or ""


@pytest.mark.parametrize("who", [manager, superuser])
def test_an_attempt_is_read_and_never_written(who: Callable[[], Member]) -> None:
    made = attempted(world.module(for_team=True), right=False)
    client = returning(who())
    page = f"{ADMIN}/trainingattempt/{made.pk}"
    assert client.get(f"{page}/change/").status_code == 200
    with unchanged():
        assert client.post(f"{page}/change/", {"passed": "on", "score": 100}).status_code == 403
        assert client.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
        assert client.get(f"{ADMIN}/trainingattempt/add/").status_code == 403


def test_the_table_of_proofs_says_how_long_each_is_valid(clara: Client) -> None:
    yearly, lasting = world.module(validity_months=12, for_team=True), world.module(for_team=True)
    first, second = attempted(yearly, right=True), attempted(lasting, right=True)
    attempted(lasting, right=False)

    answer = clara.get(f"{ADMIN}/trainingattempt/passed/")

    rows = list(csv.reader(answer.content.decode().splitlines()))
    day, end = timezone.localdate(first.at), timezone.localdate(months_later(first.at, 12))
    assert rows[0] == ["Proof no.", "Member", "Module", "Result in %", "Passed on", "Valid until"]
    assert rows[1:] == [
        [str(second.pk), "Ben Vogt", title(lasting), "100", f"{day}", ""],
        [str(first.pk), "Ben Vogt", title(yearly), "100", f"{day}", f"{end}"],
    ]
    assert clara.get(f"{ADMIN}/trainingmodule/").status_code == 200


def test_a_table_that_is_full_says_how_many_follow_and_leads_to_them(
    clara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = world.module(for_team=True)
    made = [attempted(module, right=True).pk for _ in range(5)]
    monkeypatch.setattr(page_of_training, "MOST", 2)
    address, found, said = f"{ADMIN}/trainingattempt/passed/", [], []
    while address:
        _head, *rows = csv.reader(clara.get(address).content.decode().splitlines())
        found += [int(row[0]) for row in rows[:2]]
        said += [row[0] for row in rows[2:]]
        address = rows[2][1] if rows[2:] else ""
    assert found == made[::-1]
    assert said == ["3 more proofs are in the next table:", "1 more proof is in the next table:"]
    damaged = clara.get(f"{ADMIN}/trainingattempt/passed/?after=x")
    assert (damaged.status_code, damaged.headers["Location"]) == (302, f"{ADMIN}/trainingattempt/")
