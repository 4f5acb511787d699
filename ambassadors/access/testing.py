"""Doors to samples, reports and results: what a tester does is theirs, what all found is everybody's."""

from __future__ import annotations

from ambassadors.access import product_tests
from ambassadors.models import Findings, ReportPhoto, Shipment, Tester
from ambassadors.queries import running_tests
from community.access import NotFound, Person, first
from community.models import Member

#: Who reads reports for the brand.
READS = "ambassadors.view_report"


def participation_for(person: Person, slug: str) -> Tester:
    """The person's own seat in a test. Raises ``NotFound``."""
    return _one(person, test__slug=slug)


def participation_by_id_for(person: Person, pk: int) -> Tester:
    """The person's own seat in the test with this number. Raises ``NotFound``."""
    return _one(person, test__pk=pk)


def parcel_for(person: Person, slug: str) -> Shipment:
    """The parcel with the person's own sample. Raises ``NotFound``."""
    parcel: Shipment | None = getattr(participation_for(person, slug), "shipment", None)
    if parcel is None:
        raise NotFound
    return parcel


def findings_for(person: Person, slug: str) -> Findings:
    """The results of a test that the person may read, once they are public. Raises ``NotFound``."""
    test = product_tests.test_for(person, slug)
    return first(Findings.objects.select_related("test__product").filter(test=test))


def report_photo_for(person: Person, pk: int) -> ReportPhoto:
    """A photo of a report: its tester's own, or for who reads reports for the brand. Raises ``NotFound``."""
    photo = ReportPhoto.objects.select_related("report__tester").filter(pk=pk).first()
    if photo is None or not isinstance(person, Member):
        raise NotFound
    reads = person.is_staff and person.has_perm(READS) and photo.report.submitted_at is not None
    if photo.report.tester.member_id != person.pk and not reads:
        raise NotFound
    return photo


def _one(person: Person, **which: object) -> Tester:
    rows = running_tests.participations(person).filter(**which) if isinstance(person, Member) else None
    tester = rows.first() if rows is not None else None
    if tester is None:
        raise NotFound
    return tester
