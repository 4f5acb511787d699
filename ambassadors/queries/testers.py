"""Reads of testers: who applied, who takes part, what somebody was told, whose answers nobody needs any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ambassadors import questions
from ambassadors.models import ApplyQuestion, Move, ProductTest, Tester
from community.keyset import Page, paginate
from community.models import Member

State = Tester.State
ORDER = ("-applied_at", "-id")
MOST_SHOWN = 12
OVER = (ProductTest.State.CLOSED, ProductTest.State.CANCELLED)


def tests_of(member: Member) -> QuerySet[Tester]:
    """What ``member`` applied for, the newest first."""
    return Tester.objects.filter(member=member).select_related("test__product", "segment").order_by(*ORDER)


def current(member: Member) -> list[Tester]:
    """Where ``member`` stands in the tests that are not over."""
    rows = tests_of(member).exclude(state=State.WITHDRAWN).exclude(test__state__in=OVER)
    return list(rows[:MOST_SHOWN])


def invitations_of(member: Member) -> QuerySet[Tester]:
    """The seats that ``member`` was offered, answered or not, the newest first."""
    return tests_of(member).filter(invited_at__isnull=False)


def page_of_invitations(member: Member, *, cursor: str | None, size: int) -> Page[Tester]:
    """One page of them."""
    return paginate(invitations_of(member), order=ORDER, cursor=cursor, size=size)


def held_by(member: Member | None, tests: Iterable[ProductTest]) -> dict[int, Tester]:
    """The rows of ``member`` in ``tests``, by test."""
    if member is None:
        return {}
    return {row.test_id: row for row in Tester.objects.filter(member=member, test__in=list(tests))}


def open_invitations(member: Member, *, at: datetime) -> QuerySet[Tester]:
    """The invitations that wait for an answer of ``member``."""
    waits = Q(state=State.INVITED, answer_by__gte=at, test__state=ProductTest.State.DRAWING)
    return tests_of(member).filter(waits)


def tester_of(member: Member | None, test: ProductTest) -> Tester | None:
    """The row of ``member`` in ``test``."""
    rows = Tester.objects.select_related("segment", "test").filter(test=test)
    return rows.filter(member=member).first() if member is not None else None


def said(tester: Tester) -> list[tuple[str, str]]:
    """What was asked and answered, in words."""
    asked = list(ApplyQuestion.objects.filter(test=tester.test_id).order_by("position", "id"))
    return [(one.label, _in_words(one, tester.answers[one.name])) for one in asked if one.name in tester.answers]


def why_cancelled(test: ProductTest) -> str:
    """What was said when ``test`` was cancelled; nothing where it was not."""
    if test.state != ProductTest.State.CANCELLED:
        return ""
    told = Move.objects.filter(kind="producttest", subject_id=test.pk, after=ProductTest.State.CANCELLED)
    return told.order_by("-id").values_list("reason", flat=True).first() or ""


def outlived(end: datetime) -> QuerySet[Tester]:
    """Those who answered the questions of a test whose reports were due before ``end`` and that is over."""
    rows = Tester.objects.filter(test__state__in=OVER, test__report_until__lt=end)
    return rows.exclude(answers={}).order_by("pk")


def _in_words(question: ApplyQuestion, answer: object) -> str:
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    if question.kind in questions.WITH_OPTIONS:
        places = answer if isinstance(answer, list) else [answer]
        return ", ".join(text for place, text in enumerate(question.choices) if place in places)
    return str(answer)
