"""A tester's report over the API."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from ambassadors.access import testing as doors
from ambassadors.api.report_serializers import ReportSerializer, WriteReportSerializer
from ambassadors.models import Report, Tester
from ambassadors.queries import reports as queries
from ambassadors.services import reports
from ambassadors.services.reports import Content
from community import limits
from community.api.base import ApiView
from community.api.idempotency import idempotent
from community.api.people import member_of
from community.api.schema import operation
from community.services import screening


class ProductTestReport(ApiView):
    """Your report on a test in which you have a seat."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "product_tests_report_retrieve",
        "Read your report and what is asked",
        {200: ReportSerializer},
        refuses=("not_authenticated", "not_found"),
        description="Empty as long as nothing is written.",
    )
    def get(self, request: Request, pk: int) -> Response:
        tester = doors.participation_by_id_for(member_of(request), pk)
        report = queries.of(tester) or Report(tester=tester, saved_at=timezone.now())
        return Response(_told(request, tester, report))

    @operation(
        "product_tests_report",
        "Report on a product test",
        {200: ReportSerializer, 201: ReportSerializer},
        refuses=(
            "not_authenticated",
            "not_found",
            reports.NotArrived,
            reports.NotOpen,
            reports.NoAnswer,
            reports.Incomplete,
            screening.WordRefused,
            screening.TooManyLinks,
        ),
        limit=limits.TEST_REPORTS,
        idempotent=True,
        request=WriteReportSerializer,
        description=(
            "Once, and only when the sample has arrived. A published report is a review whose label says how you came "
            "to the product; no reward depends on its stars. With `submit` false it is kept as a draft (200)."
        ),
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        tester = doors.participation_by_id_for(member, pk)
        draft = WriteReportSerializer(data=request.data)
        draft.is_valid(raise_exception=True)
        said = draft.validated_data
        limits.spend(limits.TEST_REPORTS if said["submit"] else limits.DRAFTS, member=member, at=now)
        content = Content(
            stars=said["stars"],
            title=said["title"],
            body=said["body"],
            pros="\n".join(said["pros"]),
            cons="\n".join(said["cons"]),
            answers=said["answers"],
            publish=said["publish"],
        )
        deed = reports.submit if said["submit"] else reports.save
        report = deed(tester=tester, content=content, at=now)
        return Response(_told(request, tester, report), status=201 if said["submit"] else 200)


def _told(request: Request, tester: Tester, report: Report) -> dict[str, object]:
    context = {"request": request, "questions": queries.questions_of(tester.test)}
    return dict(ReportSerializer(report, context=context).data)
