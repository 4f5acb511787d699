"""Product tests, applying for one, and answering an invitation."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from ambassadors.access import product_tests as doors
from ambassadors.api.product_test_serializers import (
    ApplyForTestSerializer,
    InvitationSerializer,
    ProductTestSerializer,
    TesterSerializer,
)
from ambassadors.models import Tester
from ambassadors.queries import product_tests as queries
from ambassadors.queries import testers as tester_queries
from ambassadors.services import invitations, testers
from community import limits
from community.api.base import ApiView
from community.api.idempotency import idempotent
from community.api.pagination import KeysetPagination, PageQuery, paged
from community.api.people import member_of, person_of
from community.api.schema import operation
from community.keyset import BadCursor
from community.models import Member


class ProductTests(ApiView):
    """What can be tested, and what was."""

    permission_classes = (AllowAny,)
    pagination_class = KeysetPagination

    @operation(
        "product_tests_list",
        "List the product tests, the latest end of applications first",
        {200: ProductTestSerializer(many=True)},
        refuses=(BadCursor,),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query, person = PageQuery.of(request), person_of(request)
        tests = doors.tests_for(person).prefetch_related("segments", "questions")
        page = queries.listed(tests, cursor=query.get("cursor"), size=query["limit"])
        held = tester_queries.held_by(person if isinstance(person, Member) else None, page)
        return paged(request, page, ProductTestSerializer, held=held)


class ProductTestApplication(ApiView):
    """Applying for a product test."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "product_tests_apply",
        "Apply for a product test, or change the application",
        {201: TesterSerializer},
        refuses=(
            "not_authenticated", "not_found", testers.NotOpen, testers.NotEligible, testers.PledgeMissing,
            testers.SegmentMissing, testers.AnswersWrong,
        ),
        limit=limits.TEST_APPLICATIONS,
        idempotent=True,
        request=ApplyForTestSerializer,
        description="As long as applications are open, applying again changes the answers.",
    )  # fmt: skip
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        test = doors.test_numbered_for(member, pk)
        said = ApplyForTestSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        limits.spend(limits.TEST_APPLICATIONS, member=member, at=now)
        tester = testers.apply(test=test, member=member, at=now, **said.validated_data)
        return Response(TesterSerializer(tester).data, status=201)


class Invitations(ApiView):
    """The seats that somebody was offered."""

    permission_classes = (IsAuthenticated,)
    pagination_class = KeysetPagination

    @operation(
        "invitations_list",
        "List your invitations to product tests, the newest application first",
        {200: InvitationSerializer(many=True)},
        refuses=("not_authenticated", BadCursor),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.of(request)
        page = tester_queries.page_of_invitations(member_of(request), cursor=query.get("cursor"), size=query["limit"])
        return paged(request, page, InvitationSerializer)


class InvitationAcceptance(ApiView):
    """Taking a seat."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "invitations_accept",
        "Take the seat",
        {200: InvitationSerializer},
        refuses=(
            "not_authenticated", "not_found", invitations.NotInvited, invitations.TooLate, invitations.NoSeatLeft,
        ),
        limit=limits.TEST_APPLICATIONS,
        idempotent=True,
        description="Doing it again changes nothing.",
    )  # fmt: skip
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        return _answer(request, pk, limits.TEST_APPLICATIONS, invitations.accept)


class InvitationRefusal(ApiView):
    """Leaving a seat to the next."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "invitations_decline",
        "Leave the seat to the next on the waiting list",
        {200: InvitationSerializer},
        refuses=("not_authenticated", "not_found", invitations.NotInvited, invitations.TooLate),
        limit=limits.TEST_WITHDRAWALS,
        idempotent=True,
        description="Doing it again changes nothing.",
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        return _answer(request, pk, limits.TEST_WITHDRAWALS, invitations.decline)


def _answer(request: Request, pk: int, limit: limits.Limit, deed: Callable[..., Tester]) -> Response:
    member, now = member_of(request), timezone.now()
    tester = doors.own_invitation_for(member, pk)
    limits.spend(limit, member=member, at=now)
    return Response(InvitationSerializer(deed(tester=tester, at=now)).data)
