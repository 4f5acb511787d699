"""One's own ledger and the badges."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community import access as doors
from community.api.base import ApiView
from community.api.pagination import KeysetPagination, PageQuery, complete, paged
from community.api.people import member_of, person_of
from community.api.schema import operation
from community.api.serializers.members import standing_of
from community.keyset import BadCursor, Page
from community.models import Member
from community.queries import threads
from gamification import access
from gamification.api.serializers import (
    AwardSerializer,
    BalanceSerializer,
    DecisionSerializer,
    EntrySerializer,
    GradeSerializer,
    WhySerializer,
)
from gamification.queries import badges, decisions, ledger


class Entries(ApiView):
    """The ledger of who asks."""

    permission_classes = (IsAuthenticated,)
    pagination_class = KeysetPagination

    @operation(
        "points_list",
        "List your ledger, newest entry first",
        {200: EntrySerializer(many=True)},
        refuses=("not_authenticated", BadCursor),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.of(request)
        page = ledger.page_of(member_of(request), cursor=query.get("cursor"), size=query["limit"])
        return paged(request, page, EntrySerializer)


class Balance(ApiView):
    """The sums of the ledger of who asks."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "points_balance", "Tell your balances and level", {200: BalanceSerializer}, refuses=("not_authenticated",)
    )
    def get(self, request: Request) -> Response:
        member = member_of(request)
        return Response({**ledger.balances_of(member), "level": standing_of(member).level})


class Why(ApiView):
    """What decided about one entry."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "points_why",
        "Tell the rule and the deed behind an entry of yours",
        {200: WhySerializer},
        refuses=("not_authenticated", "not_found"),
    )
    def get(self, request: Request, pk: int) -> Response:
        entry = access.entry_for(person_of(request), pk)
        thread = threads.shown(entry.activity.facts.get("thread")) if entry.activity else None
        told = decisions.behind(entry)
        context = {"request": request, "thread": thread, "told": told}
        return Response(WhySerializer(entry, context=context).data)


class Decisions(ApiView):
    """What earned who asks nothing, or less."""

    permission_classes = (IsAuthenticated,)
    pagination_class = KeysetPagination

    @operation(
        "points_decisions",
        "List what rules refused, capped, hold or have yet to decide about you, newest first",
        {200: DecisionSerializer(many=True)},
        refuses=("not_authenticated", BadCursor),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.of(request)
        page = decisions.page_of(member_of(request), cursor=query.get("cursor"), size=query["limit"])
        told: Page[Any] = Page(decisions.explained(page.results), page.next, page.previous)
        return paged(request, told, DecisionSerializer)


class Gallery(ApiView):
    """Every badge in its grades."""

    permission_classes = (AllowAny,)
    pagination_class = KeysetPagination

    @operation("badges_list", "List the badges, a row for each grade", {200: GradeSerializer(many=True)})
    def get(self, request: Request) -> Response:
        reader = request.user if isinstance(request.user, Member) else None
        return complete(request, badges.gallery(reader), GradeSerializer)


class MemberBadges(ApiView):
    """The badges that a member holds."""

    permission_classes = (AllowAny,)
    pagination_class = KeysetPagination

    @operation(
        "members_badges",
        "List the badges that a member earned, newest first",
        {200: AwardSerializer(many=True)},
        refuses=("not_found",),
    )
    def get(self, request: Request, handle: str) -> Response:
        member = doors.member_for(person_of(request), handle)
        return complete(request, badges.awards_of(member), AwardSerializer)
