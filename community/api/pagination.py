"""Keyset pages over HTTP: ``results`` with absolute links to the ``next`` and ``previous`` page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Model
from rest_framework import serializers
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from community.keyset import Page

SIZE, MOST = 20, 50

M = TypeVar("M", bound=Model)
Writer = Callable[..., serializers.BaseSerializer[Any]]


class PageQuery(serializers.Serializer[Any]):
    """Which page, and how long. Cursors are opaque: follow the links instead of building them."""

    cursor = serializers.CharField(required=False, max_length=500, help_text="From `next` or `previous`.")
    limit = serializers.IntegerField(
        required=False, min_value=1, max_value=MOST, default=SIZE, help_text="Rows for each page."
    )

    @classmethod
    def of(cls, request: Request) -> dict[str, Any]:
        """Read and check the query of ``request``; raises DRF's ``ValidationError``."""
        query = cls(data=request.query_params)
        query.is_valid(raise_exception=True)
        checked: dict[str, Any] = query.validated_data
        return checked


class KeysetPagination(BasePagination):
    """Describes the pages to the schema; ``paged`` builds them from what ``queries`` return."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }


def paged(request: Request, page: Page[M], serializer: Writer, **context: Any) -> Response:
    """Answer with ``page``, its rows written by ``serializer``."""
    rows = serializer(page.results, many=True, context={"request": request, **context}).data
    return Response({"next": _link(request, page.next), "previous": _link(request, page.previous), "results": rows})


def complete(request: Request, rows: Iterable[Any], serializer: Writer) -> Response:
    """Answer with all ``rows`` in the form of a page, for lists that are short by nature."""
    return Response(
        {"next": None, "previous": None, "results": serializer(rows, many=True, context={"request": request}).data}
    )


def _link(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    return replace_query_param(request.build_absolute_uri(), "cursor", cursor)
