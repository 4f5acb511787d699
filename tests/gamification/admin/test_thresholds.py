"""Badges and levels in the admin: a worker follows a moved threshold, and the page says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from community.models import Standing
from gamification.models import Adjustment, Award, Badge, Grade, Level
from gamification.services import adjustments
from gamification.verification import CHECKS
from tests import factories, staff

pytestmark = pytest.mark.django_db
UNDER_WAY = "everybody is brought in line"


def test_a_moved_threshold_is_followed_by_a_worker() -> None:
    helper = factories.member("Mara Lindqvist")
    for _number in range(2):
        factories.accepted_answer(author=helper)
    factories.work_off()
    grade = Grade.objects.get(badge__slug="steady-hands", tier="bronze")
    _move(grade.badge, 2)
    assert (Award.objects.filter(grade=grade).count(), _differences()) == (0, [])
    assert UNDER_WAY in _page("badge")
    assert adjustments.work_off(at=timezone.now()) == 1
    assert (Award.objects.get(grade=grade).member, _differences()) == (helper, [])
    assert UNDER_WAY not in _page("badge")
    _move(grade.badge, 3)
    adjustments.work_off(at=timezone.now())
    assert (Award.objects.get(grade=grade).kept_until is None, _differences()) == (False, [])


def test_a_moved_level_is_followed_by_a_worker() -> None:
    answer = factories.accepted_answer()
    factories.work_off()
    assert Standing.objects.get(member=answer.author).level == 1
    assert _name_level("Cinnamon", 15).status_code == 302
    assert UNDER_WAY in _page("level")
    assert adjustments.work_off(at=timezone.now()) == 1
    assert (Standing.objects.get(member=answer.author).level, _differences()) == (2, [])


def test_a_new_name_moves_nothing_unless_the_last_attempt_failed() -> None:
    threshold = Level.objects.get(number=2).threshold
    _name_level("Cardamom", threshold)
    assert not Adjustment.objects.exists()
    failed = adjustments.ask(badge=None, by=None, at=timezone.now())
    Adjustment.objects.update(state=Adjustment.State.FAILED)
    assert "Not everybody could be brought in line" in _page("level")
    _name_level("Clove", threshold)
    assert Adjustment.objects.exclude(pk=failed.pk).get().state == "waiting"


def _name_level(name: str, threshold: int) -> Any:
    level = Level.objects.get(number=2)
    form = {"name_de": name, "name_en": name, "number": 2, "threshold": threshold}
    return staff.browser(staff.manager()).post(f"/admin/gamification/level/{level.pk}/change/", form)


def _page(kind: str) -> str:
    return staff.browser(staff.manager()).get(f"/admin/gamification/{kind}/").content.decode()


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
