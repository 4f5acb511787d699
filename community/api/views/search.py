"""Search over everything that was asked and answered."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from community import access, limits
from community.api.base import ApiView
from community.api.pagination import KeysetPagination
from community.api.people import address_of, person_of
from community.api.schema import operation
from community.api.serializers.search import HitSerializer, SearchQuery
from community.queries import search


class SearchPagination(KeysetPagination):
    """A page of hits also says what was not understood."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        described = super().get_paginated_response_schema(schema)
        described["required"] = [*described["required"], "hints"]
        described["properties"]["hints"] = {"type": "array", "items": {"type": "string"}}
        return described


class Search(ApiView):
    """Questions and their answers."""

    permission_classes = (AllowAny,)
    pagination_class = SearchPagination

    @operation(
        "search_list",
        "Search questions and answers",
        {200: HitSerializer(many=True)},
        refuses=(limits.TooFast,),
        parameters=(SearchQuery,),
        description="The best 60, best first. A filter that means nothing is left out and named in `hints`. "
        f"At most {limits.SEARCHES.most} a minute for each member or address.",
    )
    def get(self, request: Request) -> Response:
        query = SearchQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        person = person_of(request)
        limits.spend_as(limits.SEARCHES, person=person, address=address_of(request), at=timezone.now())
        found = search.run(query.validated_data["q"], access.threads_for(person), page=query.validated_data["cursor"])
        hits = HitSerializer(found.hits, many=True, context={"request": request}).data
        links = {"next": _link(request, found.next), "previous": _link(request, found.previous)}
        return Response({**links, "results": hits, "hints": found.hints})


def _link(request: Request, page: int | None) -> str | None:
    return replace_query_param(request.build_absolute_uri(), "cursor", page) if page else None
