"""What applicants for a product test are told: an invitation, the waiting list, not this time, cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambassadors.models import ProductTest, Tester
from community.models import Channel, Notification
from community.registry import NotificationGroup
from community.services import notifications
from gamification.words import in_all_languages

INVITED, LAPSED = "test.invited", "test.lapsed"
WAITING, NOT_DRAWN = "test.waiting", "test.not_drawn"
CANCELLED = "test.cancelled"

GROUP = NotificationGroup(
    "product_tests",
    _("Product tests"),
    _("Invitations, the draw, your sample and your report"),
    "at_once",
    (Channel.IN_APP, Channel.AT_ONCE, Channel.DAILY),
    position=13,
)
KINDS = GROUP.kinds(
    (INVITED, _("Invitation to a product test")),
    (WAITING, _("Waiting list of a product test")),
    (NOT_DRAWN, _("Not drawn for a product test")),
    (LAPSED, _("An invitation ran out")),
    (CANCELLED, _("A product test is cancelled")),
)


def tell(kind: str, test: ProductTest, testers: Iterable[Tester], *, at: datetime, words: str = "") -> None:
    """Tell each of ``testers`` once what became of their application."""
    facts = {"slug": test.slug, **in_all_languages(test, "title")} | ({"words": words} if words else {})
    notifications.tell([_row(kind, facts, one, at) for one in testers])


def _row(kind: str, facts: dict[str, str], tester: Tester, at: datetime) -> Notification:
    until = {}
    if kind == INVITED and tester.answer_by:
        until = {"until": tester.answer_by.isoformat(), "zone": tester.member.timezone}
    return Notification(
        member_id=tester.member_id, kind=kind, key=f"{kind}:{tester.pk}", facts=facts | until, created_at=at
    )
