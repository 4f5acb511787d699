"""Reads of the tests that a member takes part in: the sample on its way, the report, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db.models import QuerySet

from ambassadors import questions
from ambassadors.models import Findings, ProductTest, Report, ReportQuestion, Shipment, Tester
from ambassadors.queries import reports
from community.models import Member

State = ProductTest.State
#: From the accepted invitation to the end of the evaluation.
RUNNING = (State.DRAWING, State.SHIPPING, State.TESTING, State.EVALUATING)
#: Stars, a sentence and the experience are asked of everybody.
ALWAYS_ASKED = 3


@dataclass(frozen=True, slots=True)
class Running:
    """Where somebody stands in a test."""

    tester: Tester
    shipment: Shipment | None
    report: Report | None
    asked: int
    answered: int
    days_left: int

    @property
    def test(self) -> ProductTest:
        """Which one."""
        return self.tester.test

    @property
    def has_sample(self) -> bool:
        """Whether there is something to test."""
        return self.shipment is not None and self.shipment.state == Shipment.State.DELIVERED

    @property
    def is_reported(self) -> bool:
        """Whether the report is in."""
        return self.report is not None and self.report.submitted_at is not None

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done here any more."""
        return self.test.state not in RUNNING

    @property
    def needs_address(self) -> bool:
        """Whether we do not know where to send it."""
        return self.shipment is None and not self.is_over


def participations(member: Member) -> QuerySet[Tester]:
    """The tests in which ``member`` has or had a seat, the newest first."""
    rows = Tester.objects.filter(member=member, state__in=Tester.TAKING_PART)
    rows = rows.select_related("member", "test__product", "shipment", "report__review", "test__findings")
    return rows.order_by("-applied_at", "-id")


def running(member: Member, *, at: datetime) -> list[Running]:
    """The tests of ``member`` that are not over, the one whose report is due first at the top."""
    rows = list(participations(member).filter(test__state__in=RUNNING).order_by("test__report_until", "id"))
    asked = list(ReportQuestion.objects.filter(test__in=[row.test_id for row in rows]).order_by("position", "id"))
    return [_stand(row, [one for one in asked if one.test_id == row.test_id], at) for row in rows]


def stand(tester: Tester, *, at: datetime) -> Running:
    """Where ``tester`` stands."""
    return _stand(tester, reports.questions_of(tester.test), at)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A test whose results are public, with what its reports add up to."""

    findings: Findings
    count: int
    average: float | None

    @property
    def test(self) -> ProductTest:
        """Which one."""
        return self.findings.test


def results(tests: QuerySet[ProductTest], *, limit: int) -> list[Earlier]:
    """Those of ``tests`` whose results are public, the newest first."""
    rows = Findings.objects.filter(test__in=tests).select_related("test__product")
    found = list(rows.order_by("-published_at", "-id")[:limit])
    sums = reports.stars_of([one.test_id for one in found])
    return [Earlier(one, *sums.get(one.test_id, (0, None))) for one in found]


def _stand(tester: Tester, asked: list[ReportQuestion], at: datetime) -> Running:
    report: Report | None = getattr(tester, "report", None)
    done = 0
    if report is not None:
        done = questions.answered([one.asked for one in asked], report.answers)
        done += sum(bool(part) for part in (report.stars, report.title, report.body))
    return Running(
        tester=tester,
        shipment=getattr(tester, "shipment", None),
        report=report,
        asked=len(asked) + ALWAYS_ASKED,
        answered=done,
        days_left=ceil((tester.test.report_until - at) / timedelta(days=1)),
    )
