"""Badges and levels in the admin: a moved threshold takes effect at once, for everybody."""

from __future__ import annotations

from typing import Any

import pytest

from community.models import Standing
from gamification.models import Award, Badge, Grade, Level
from gamification.verification import CHECKS
from tests import factories, staff

pytestmark = pytest.mark.django_db


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


def _texts(row: Badge, *names: str) -> dict[str, str]:
    """What the form holds in both languages; the fields are added to the models by modeltranslation."""
    return {f"{name}_{language}": getattr(row, f"{name}_{language}") for name in names for language in ("de", "en")}


def _differences() -> list[object]:
    return [difference for check in CHECKS.values() for difference in check()]
