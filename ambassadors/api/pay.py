"""One's own consultations and statements."""

from __future__ import annotations

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from ambassadors.access import pay as doors
from ambassadors.api.pay_serializers import ConsultationSerializer, StatementSerializer
from ambassadors.queries import consultations, statements
from community.api.base import ApiView
from community.api.pagination import KeysetPagination, PageQuery, paged
from community.api.people import person_of
from community.api.schema import operation
from community.keyset import BadCursor


class Consultations(ApiView):
    """Talks of who asks."""

    permission_classes = (IsAuthenticated,)
    pagination_class = KeysetPagination

    @operation(
        "consultations_list",
        "List your talks that are over, the latest first",
        {200: ConsultationSerializer(many=True)},
        refuses=("not_authenticated", "not_found", BadCursor),
        parameters=(PageQuery,),
        description="For those who advise or did.",
    )
    def get(self, request: Request) -> Response:
        query, member = PageQuery.of(request), doors.earner(person_of(request))
        page = consultations.page(member, cursor=query.get("cursor"), size=query["limit"])
        return paged(request, page, ConsultationSerializer)


class Statements(ApiView):
    """Statements of who asks."""

    permission_classes = (IsAuthenticated,)
    pagination_class = KeysetPagination

    @operation(
        "statements_list",
        "List your statements with their lines, the newest first",
        {200: StatementSerializer(many=True)},
        refuses=("not_authenticated", "not_found", BadCursor),
        parameters=(PageQuery,),
        description="For those who advise or did. Each hash is the SHA-256 of the statement's canonical JSON, which "
        "its page offers as a file.",
    )
    def get(self, request: Request) -> Response:
        query, member = PageQuery.of(request), doors.earner(person_of(request))
        page = statements.page_with_lines(member, cursor=query.get("cursor"), size=query["limit"])
        return paged(request, page, StatementSerializer)
