"""What tests of product tests set up: a test in any state, people who apply, a draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from ambassadors.models import ApplyQuestion, ProductTest, Segment, Tester
from ambassadors.services import draws, invitations, product_tests, testers
from community.models import Member, Notification, Product, Role
from tests import factories

_numbers = count(1)
WEEK = timedelta(days=7)


def draft(
    *, seats: int = 2, quotas: Mapping[str, int] | None = None, at: datetime | None = None, **fields: Any
) -> ProductTest:
    """Return a test that nobody sees yet, with a segment for each of ``quotas``."""
    at = at or timezone.now()
    number = next(_numbers)
    test = ProductTest.objects.create(
        slug=fields.pop("slug", f"mahl-two-{number}"),
        product=fields.pop("product", None) or _product(number),
        host=fields.pop("host", None) or factories.member("Clara Hansen", Role.MANAGER),
        seats=sum(quotas.values()) if quotas else seats,
        title_en="Grind at six without waking anyone",
        title_de="Um sechs mahlen, ohne jemanden zu wecken",
        quota_question_en="How many cups?" if quotas else "",
        quota_question_de="Wie viele Tassen?" if quotas else "",
        apply_until=at + WEEK,
        select_on=(at + 2 * WEEK).date(),
        ship_on=(at + 3 * WEEK).date(),
        report_until=at + 8 * WEEK,
        **fields,
    )
    for position, (name, share) in enumerate((quotas or {}).items()):
        Segment.objects.create(test=test, name_en=name, name_de=f"{name} (de)", seats=share, position=position)
    return test


def question(test: ProductTest, *, kind: str = "text", options: str = "", required: bool = True) -> ApplyQuestion:
    """Return a question to those who apply for ``test``."""
    return ApplyQuestion.objects.create(
        test=test, kind=kind, required=required, label_en="Who hears it?", label_de="Wer hört sie?",
        options_en=options, options_de=options,
    )  # fmt: skip


def recruiting(*, at: datetime | None = None, **fields: Any) -> ProductTest:
    """Return a test that takes applications since ``at``."""
    at = at or timezone.now()
    test = draft(at=at, **fields)
    product_tests.open_(test=test, by=test.host, at=at)
    test.refresh_from_db()
    return test


def applied(
    test: ProductTest,
    member: Member | None = None,
    *,
    segment: str = "",
    at: datetime | None = None,
    answers: Mapping[str, object] | None = None,
) -> Tester:
    """Return the application of ``member`` for ``test``."""
    chosen = test.segments.get(name_en=segment).pk if segment else None
    return testers.apply(
        test=test,
        member=member or factories.member("Lena Sommer"),
        answers=answers or {},
        segment=chosen,
        pledge=True,
        at=at or timezone.now(),
    )


def drawn(test: ProductTest) -> ProductTest:
    """Return ``test`` after its draw, with the first invited."""
    draws.close_applications(test=test, by=test.host, at=test.apply_until)
    draws.draw_seats(test=test, by=test.host, at=drawn_at(test))
    test.refresh_from_db()
    return test


def drawn_at(test: ProductTest) -> datetime:
    """When ``drawn`` draws."""
    return test.apply_until + timedelta(days=1)


def by_rank(test: ProductTest) -> Sequence[Tester]:
    """Who was drawn for ``test``, the first first."""
    return list(Tester.objects.filter(test=test, rank__isnull=False).select_related("member", "test").order_by("rank"))


def accepted(test: ProductTest | None = None, member: Member | None = None) -> Tester:
    """Return somebody who takes part in a test that was drawn."""
    test = test or recruiting(seats=1)
    tester = applied(test, member)
    drawn(test)
    return invitations.accept(tester=tester, at=drawn_at(test))


def told(kind: str) -> list[int]:
    """Whom news of that ``kind`` reached."""
    return list(Notification.objects.filter(kind=kind).order_by("member_id").values_list("member_id", flat=True))


def _product(number: int) -> Product:
    return factories.product(name=f"Mahl Two {number}")
