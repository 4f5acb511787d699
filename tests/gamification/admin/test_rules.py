"""Rules, badges and levels in the admin: a change opens something new and leaves the past as it was."""

from __future__ import annotations

from typing import Any

import pytest

from community.models import Standing
from gamification.models import Award, Badge, Balance, Entry, Grade, Level, Rule
from gamification.verification import CHECKS
from tests import factories, staff

pytestmark = pytest.mark.django_db


def _rule() -> Rule:
    return Rule.objects.get(slug="answer-accepted")


def _save(rule: Rule, **changes: Any) -> int:
    form = {
        **_texts(rule, "name", "reason"),
        "verb": "answer.accepted", "recipient": "beneficiary", "reputation": 15, "credits": 15,
        "versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0, **changes,
    }  # fmt: skip
    return staff.browser(staff.manager()).post(f"/admin/gamification/rule/{rule.pk}/change/", form).status_code


def _terms(rule: Rule) -> list[tuple[int, int, int, bool]]:
    return [(v.number, v.reputation, v.credits, v.retired_at is None) for v in rule.versions.order_by("number")]


def test_other_terms_open_the_next_version_and_keep_what_was_earned() -> None:
    first = factories.accepted_answer()
    factories.work_off()
    assert _save(_rule(), reputation=20, credits=10) == 302
    assert _terms(_rule()) == [(1, 15, 15, False), (2, 20, 10, True)]
    second = factories.accepted_answer()
    factories.work_off()
    earned = {
        author: dict(Balance.objects.filter(member=author).values_list("currency", "value"))
        for author in (first.author, second.author)
    }
    assert earned == {
        first.author: {"reputation": 15, "credits": 15},
        second.author: {"reputation": 20, "credits": 10},
    }


def test_other_words_open_no_version() -> None:
    assert _save(_rule(), reason_en="Your answer did it.") == 302
    assert (_texts(_rule(), "reason")["reason_en"], _terms(_rule())) == ("Your answer did it.", [(1, 15, 15, True)])


@pytest.mark.parametrize("changes", [{"reputation": -1}, {"credits": 10_001}, {"verb": "thread.created"}, {"verb": ""}])
def test_senseless_terms_are_refused(changes: dict[str, Any]) -> None:
    assert _save(_rule(), **changes) == 200
    assert _terms(_rule()) == [(1, 15, 15, True)]


def test_a_rule_is_retired_and_taken_up_again() -> None:
    client = staff.browser(staff.manager())
    chosen = {"_selected_action": [_rule().pk], "index": "0"}
    client.post("/admin/gamification/rule/", {"action": "retire", **chosen})
    assert _terms(_rule()) == [(1, 15, 15, False)]
    factories.accepted_answer()
    factories.work_off()
    assert Entry.objects.count() == 0
    client.post("/admin/gamification/rule/", {"action": "take_up", **chosen})
    assert _terms(_rule()) == [(1, 15, 15, False), (2, 15, 15, True)]


def test_a_new_rule_starts_with_its_first_version() -> None:
    form = {
        "name_de": "Doppelt", "name_en": "Double", "reason_de": "Noch einmal.", "reason_en": "Once more.",
        "slug": "double", "verb": "answer.accepted", "recipient": "beneficiary", "reputation": 1, "credits": 1,
    }  # fmt: skip
    assert staff.browser(staff.manager()).post("/admin/gamification/rule/add/", form).status_code == 302
    assert _terms(Rule.objects.get(slug="double")) == [(1, 1, 1, True)]


def test_a_moved_threshold_awards_and_withdraws_at_once() -> None:
    helper = factories.member("Mara Lindqvist")
    for _number in range(2):
        factories.accepted_answer(author=helper)
    factories.work_off()
    grade = Grade.objects.get(badge__slug="steady-hands", tier="bronze")
    assert not Award.objects.filter(grade=grade).exists()
    _move(grade.badge, 2)
    assert Award.objects.get(grade=grade).member == helper
    assert _differences() == []
    _move(grade.badge, 3)
    assert not Award.objects.filter(grade=grade).exists()
    assert _differences() == []


def test_a_moved_level_takes_effect_at_once() -> None:
    answer = factories.accepted_answer()
    factories.work_off()
    assert Standing.objects.get(member=answer.author).level == 1
    level = Level.objects.get(number=2)
    form = {"name_de": "Zimt", "name_en": "Cinnamon", "number": 2, "threshold": 15}
    address = f"/admin/gamification/level/{level.pk}/change/"
    assert staff.browser(staff.manager()).post(address, form).status_code == 302
    assert Standing.objects.get(member=answer.author).level == 2
    assert _differences() == []


def _move(badge: Badge, threshold: int) -> None:
    grades = list(badge.grades.order_by("threshold"))
    form: dict[str, Any] = {
        **_texts(badge, "name", "description"),
        "shape": badge.shape, "tone": badge.tone, "glyph": badge.glyph,
        "position": badge.position, "grades-TOTAL_FORMS": len(grades), "grades-INITIAL_FORMS": len(grades),
    }  # fmt: skip
    for number, grade in enumerate(grades):
        form |= {
            f"grades-{number}-id": grade.pk,
            f"grades-{number}-badge": badge.pk,
            f"grades-{number}-tier": grade.tier,
            f"grades-{number}-threshold": threshold if number == 0 else grade.threshold,
        }
    address = f"/admin/gamification/badge/{badge.pk}/change/"
    assert staff.browser(staff.manager()).post(address, form).status_code == 302


def _texts(row: Rule | Badge, *names: str) -> dict[str, str]:
    """What the form holds in both languages; the fields are added to the models by modeltranslation."""
    return {f"{name}_{language}": getattr(row, f"{name}_{language}") for name in names for language in ("de", "en")}


def _differences() -> list[object]:
    return [difference for check in CHECKS.values() for difference in check()]
