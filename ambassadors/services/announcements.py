"""Announcements: whoever may apply is told when a product test opens, batch by batch, by a worker."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors.models import ProductTest, Tester
from ambassadors.queries import eligibility
from community.models import Member, Notification
from community.registry import NotificationGroup, NotificationKind
from community.services import notifications
from gamification.words import in_all_languages

OPENED = "test.opened"
#: What such a notification is about, as the registry calls it.
SUBJECT = "producttest"
BATCH = 500

# Nobody asked for it, so it goes by mail to those only who choose that.
GROUP = NotificationGroup(
    "open_tests",
    _("New product tests"),
    _("When one opens that you may apply for"),
    position=13,
)
KINDS = (NotificationKind(OPENED, group=GROUP.name, label=_("A product test is open"), grouped=False),)


def announce(*, at: datetime, limit: int = BATCH) -> bool:
    """Tell the next ``limit`` members of a test that takes applications; return whether more are to be told."""
    waiting = ProductTest.objects.filter(
        state=ProductTest.State.RECRUITING, apply_until__gt=at, announced_at=None
    ).order_by("pk")
    test = waiting.first()
    if test is None:
        return False
    _tell_some(test, at=at, limit=limit)
    return waiting.exists()


@transaction.atomic
def _tell_some(test: ProductTest, *, at: datetime, limit: int) -> None:
    """Go on behind the last who was told. Of two workers the one that moves ``announced_to`` tells, the other not."""
    applied = Tester.objects.filter(test=test).order_by().values("member")
    allowed = eligibility.eligible(eligibility.rule_of(test), at=at).filter(pk__gt=test.announced_to)
    members = list(allowed.exclude(pk__in=applied).only("pk", "timezone")[:limit])
    here = ProductTest.objects.filter(
        pk=test.pk, state=ProductTest.State.RECRUITING, announced_at=None, announced_to=test.announced_to
    )
    told = here.update(
        announced_to=members[-1].pk if members else test.announced_to,
        announced_at=at if len(members) < limit else None,
    )
    if told:
        facts = {"slug": test.slug, **in_all_languages(test, "title"), "until": test.apply_until.isoformat()}
        notifications.tell([_row(test, one, facts, at) for one in members])


def _row(test: ProductTest, member: Member, facts: dict[str, str], at: datetime) -> Notification:
    return Notification(
        member_id=member.pk,
        kind=OPENED,
        key=f"{OPENED}:{test.pk}",
        subject_kind=SUBJECT,
        subject_id=test.pk,
        facts=facts | {"zone": member.timezone},
        created_at=at,
    )
