"""Campaigns, and one's own applications to them."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from ambassadors.access import recruitment as doors
from ambassadors.api.recruitment_serializers import (
    ApplicationSerializer,
    ApplySerializer,
    CampaignSerializer,
    WithdrawSerializer,
)
from ambassadors.queries import applications as rows
from ambassadors.queries import campaigns
from ambassadors.services import applications, moves, pipeline
from community import limits
from community.api.base import ApiView
from community.api.idempotency import idempotent
from community.api.pagination import KeysetPagination, PageQuery, paged
from community.api.people import member_of
from community.api.schema import operation
from community.keyset import BadCursor


class Campaigns(ApiView):
    """Where one may apply."""

    permission_classes = (AllowAny,)
    pagination_class = KeysetPagination

    @operation(
        "campaigns_list",
        "List the campaigns that take applications, with what they ask",
        {200: CampaignSerializer(many=True)},
        refuses=(BadCursor,),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.of(request)
        page = campaigns.page(timezone.now(), cursor=query.get("cursor"), size=query["limit"])
        return paged(request, page, CampaignSerializer)


class CampaignApplications(ApiView):
    """Applying to a campaign."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "applications_create",
        "Apply to a campaign",
        {201: ApplicationSerializer},
        refuses=(
            "not_authenticated", "not_found", applications.Closed, applications.AlreadyAmbassador,
            applications.AlreadyApplied, applications.BadAnswers, applications.Incomplete, applications.NotMet,
        ),
        limit=limits.APPLICATIONS,
        idempotent=True,
        request=ApplySerializer,
        description="A draft that was begun is sent with these answers.",
    )  # fmt: skip
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        member, now = member_of(request), timezone.now()
        campaign = doors.campaign_for(member, slug)
        said = ApplySerializer(data=request.data)
        said.is_valid(raise_exception=True)
        limits.spend(limits.APPLICATIONS, member=member, at=now)
        begun = applications.begin(campaign=campaign, member=member, at=now)
        answers = said.validated_data["answers"]
        applications.submit(application=begun, answers=answers, version=begun.version, at=now)
        return Response(ApplicationSerializer(begun).data, status=201)


class Applications(ApiView):
    """What somebody applied for."""

    permission_classes = (IsAuthenticated,)
    pagination_class = KeysetPagination

    @operation(
        "applications_list",
        "List your applications, the newest first",
        {200: ApplicationSerializer(many=True)},
        refuses=("not_authenticated", BadCursor),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.of(request)
        page = rows.page_of(member_of(request), cursor=query.get("cursor"), size=query["limit"])
        return paged(request, page, ApplicationSerializer)


class ApplicationWithdrawal(ApiView):
    """Withdrawing an application."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "applications_withdraw",
        "Withdraw an application",
        {200: ApplicationSerializer},
        refuses=("not_authenticated", "not_found", moves.NotPossible, moves.MovedMeanwhile),
        limit=limits.APPLICATION_WITHDRAWALS,
        idempotent=True,
        request=WithdrawSerializer,
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        application = doors.own_application_for(member, pk)
        said = WithdrawSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        limits.spend(limits.APPLICATION_WITHDRAWALS, member=member, at=now)
        pipeline.withdraw(application=application, at=now, reason=said.validated_data["reason"])
        return Response(ApplicationSerializer(application).data)
