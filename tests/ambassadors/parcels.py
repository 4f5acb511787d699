"""Product tests whose samples are on their way, for tests of what follows the draw."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from ambassadors.models import Address, ProductTest, Report, ReportQuestion, Shipment, Tester
from ambassadors.services import addresses, findings, reports, shipments
from ambassadors.services.reports import Content
from community.models import Member
from tests import factories

_numbers = itertools.count(1)
ADDRESS = "Mara Lindqvist\nDeich 3\n28195 Bremen"
SAID: dict[str, Any] = {"stars": 4, "title": "Quiet at six", "body": "Nobody woke up. The lid is stiff."}


def running(state: str = "testing", *, at: datetime | None = None, **fields: Any) -> ProductTest:
    """Return a product test in ``state``."""
    at = at or timezone.now()
    return ProductTest.objects.create(**{
        "slug": f"test-{next(_numbers)}",
        "product": fields.pop("product", None) or factories.product(name="Mahl Two"),
        "title": "Grind at six",
        "host": fields.pop("host", None) or factories.member("Clara Holm"),
        "seats": 12,
        "apply_until": at - timedelta(days=20),
        "select_on": (at - timedelta(days=18)).date(),
        "ship_on": (at - timedelta(days=10)).date(),
        "report_until": at + timedelta(days=20),
        "state": state,
        **fields,
    })  # fmt: skip


def participant(of: ProductTest, member: Member | None = None, *, state: str = "accepted") -> Tester:
    """Return somebody in a test."""
    return Tester.objects.create(
        test=of,
        member=member or factories.member("Mara Lindqvist"),
        state=state,
        number=f"n{next(_numbers)}",
        applied_at=timezone.now() - timedelta(days=21),
    )


def question(of: ProductTest, kind: str = "choice", **fields: Any) -> ReportQuestion:
    """Return a question to the testers."""
    options = "Quieter\nThe same\nLouder" if kind in {"choice", "choices"} else ""
    return ReportQuestion.objects.create(
        **{"test": of, "kind": kind, "label": "How loud is it?", "options": options, **fields}
    )


def parcel(to: Tester, *, address: str = ADDRESS, at: datetime | None = None) -> Shipment:
    """Return what is to be packed for a tester."""
    return addresses.put(tester=to, text=address, at=at or timezone.now())


def sent(to: Tester, *, at: datetime | None = None) -> Shipment:
    """Return a parcel on its way."""
    at = at or timezone.now()
    made = parcel(to, at=at)
    shipments.send(shipment=made, by=to.test.host, carrier="dhl", tracking="00340434161094042557", at=at)
    return made


def arrived(to: Tester, *, at: datetime | None = None) -> Shipment:
    """Return a parcel that the tester has."""
    at = at or timezone.now()
    made = sent(to, at=at)
    shipments.arrive(shipment=made, by=to.member, at=at)
    return made


def reported(by: Tester, *, at: datetime | None = None, **said: Any) -> Report:
    """Return a report that was handed in."""
    at = at or timezone.now()
    arrived(by, at=at)
    return reports.submit(tester=by, content=Content(**{**SAID, **said}), at=at)


def keep_address(of: Tester) -> None:
    """See to it that a tester's address is there, whatever became of the parcel."""
    Address.objects.get_or_create(tester=of, defaults={"sealed": "x", "given_at": timezone.now()})


def published(test: ProductTest) -> None:
    """Let the brand say what it takes from a test."""
    type(test).objects.filter(pk=test.pk).update(state="evaluating")
    findings.publish(test=test, german="Gut.", english="Good.", by=test.host, at=timezone.now())
