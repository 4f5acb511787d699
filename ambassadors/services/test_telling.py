"""What testers are told of their sample and their report."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from django.utils.translation import gettext_lazy as _

from ambassadors.models import Findings, ProductTest, Report, Shipment, Tester
from ambassadors.services import draw_telling
from community.models import Member, Notification
from community.services import notifications
from gamification.words import in_all_languages

SENT, ARRIVED, LOST = "test.sent", "test.arrived", "test.lost"
REPORT_DUE, REPORT_OVERDUE, FINDINGS = "test.report_due", "test.report_overdue", "test.findings"
KINDS = draw_telling.GROUP.kinds(
    (SENT, _("Sample on its way")),
    (ARRIVED, _("Sample has arrived")),
    (LOST, _("Sample got lost")),
    (REPORT_DUE, _("Report due soon")),
    (REPORT_OVERDUE, _("Report overdue")),
    (FINDINGS, _("Results of a test")),
)
#: Days before the end at which who has not reported is told, the latest first.
STAGES = (1, 7)
#: So long after the end we still remind, once.
OVERDUE = timedelta(days=14)
UNDER_WAY = (ProductTest.State.SHIPPING, ProductTest.State.TESTING, ProductTest.State.EVALUATING)


def sent(shipment: Shipment, *, at: datetime) -> None:
    """Tell the tester that the parcel is on its way."""
    carrier = str(Shipment.Carrier(shipment.carrier).label) if shipment.carrier != Shipment.Carrier.OTHER else ""
    _tell(SENT, shipment.tester, at, mark=f"{int(at.timestamp())}", carrier=carrier, tracking=shipment.tracking)


def arrived(shipment: Shipment, *, at: datetime) -> None:
    """Tell the tester that the carrier says it is there."""
    _tell(ARRIVED, shipment.tester, at)


def lost(shipment: Shipment, *, reason: str, at: datetime) -> None:
    """Tell the tester that the parcel got lost, and what we know."""
    _tell(LOST, shipment.tester, at, mark=f"{int(at.timestamp())}", words=reason)


def remind(*, at: datetime) -> int:
    """Tell who has the sample and has not reported: seven days before the end, one day before, and once after it.

    Each is told once, however often this runs; returns how many were told now.
    """
    due = [row for row in (_reminder(tester, at) for tester in _waited_for(at)) if row is not None]
    known = set(
        Notification.objects.filter(key__in=[row.key for row in due]).order_by().values_list("member_id", "key")
    )
    new = [row for row in due if (row.member_id, row.key) not in known]
    notifications.tell(new)
    return len(new)


def findings(found: Findings, *, at: datetime) -> None:
    """Tell everybody who reported what became of it."""
    reported = Member.objects.filter(product_tests__in=_reported(found.test)).order_by("pk")
    facts = {"slug": found.test.slug, **in_all_languages(found.test, "title")}
    notifications.tell(
        [
            Notification(member=member, kind=FINDINGS, key=f"{FINDINGS}:{found.test_id}", facts=facts, created_at=at)
            for member in reported
        ]
    )


def _reported(test: ProductTest) -> list[Tester]:
    submitted = Report.objects.filter(tester__test=test, submitted_at__isnull=False).select_related("tester")
    return [report.tester for report in submitted.order_by("pk")]


def _waited_for(at: datetime) -> list[Tester]:
    rows = Tester.objects.filter(
        state=Tester.State.ACCEPTED,
        shipment__state=Shipment.State.DELIVERED,
        test__state__in=UNDER_WAY,
        test__report_until__gt=at - OVERDUE,
        test__report_until__lte=at + timedelta(days=max(STAGES)),
    )
    return list(rows.select_related("test").order_by("pk"))


def _reminder(tester: Tester, at: datetime) -> Notification | None:
    left = (tester.test.report_until - at) / timedelta(days=1)
    if left <= 0:
        return _row(REPORT_OVERDUE, tester, at)
    stage = next((days for days in STAGES if left <= days), None)
    return _row(REPORT_DUE, tester, at, mark=str(stage), days=ceil(left)) if stage else None


def _tell(kind: str, tester: Tester, at: datetime, *, mark: str = "", **more: object) -> None:
    notifications.tell([_row(kind, tester, at, mark=mark, **more)])


def _row(kind: str, tester: Tester, at: datetime, *, mark: str = "", **more: object) -> Notification:
    facts = {"slug": tester.test.slug, **in_all_languages(tester.test, "title"), **more}
    key = ":".join(part for part in (kind, str(tester.pk), mark) if part)
    return Notification(member_id=tester.member_id, kind=kind, key=key, facts=facts, created_at=at)
