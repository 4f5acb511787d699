"""How operations are described: one name, one summary, and every refusal that they may answer with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.utils.functional import Promise
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers

from community.api import idempotency, problems
from community.limits import Limit, TooFast
from community.refusals import Refusal
from community.services.idempotency import KeyReused

View = TypeVar("View", bound=Callable[..., Any])
Code = str | type[Refusal]

#: How a request without a right key ends.
SHOP = ("api_key_missing", "api_key_invalid", "signature_invalid", "signature_expired", "signature_replayed",
        "scope_missing")  # fmt: skip

#: Every refusal that some operation names, with its status and sentence.
REFUSALS: dict[str, tuple[int, str | Promise]] = {}


class ComplaintSerializer(serializers.Serializer[Any]):
    """What is wrong with one field."""

    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """A problem document (RFC 9457). Programs decide by `code`, people read `detail`."""

    type = serializers.URLField(help_text="Where the code is explained.")
    title = serializers.CharField(help_text="The status in words.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What happened and what to do, in the reader's language.")
    code = serializers.CharField(help_text="Stable name of the problem.")
    errors = serializers.DictField(  # type: ignore[assignment] # a field named like a property; fields live apart
        child=ComplaintSerializer(many=True), required=False, help_text="Complaints by field; empty name: the whole."
    )


def operation(
    operation_id: str,
    summary: str,
    responses: Mapping[int | tuple[int, str], Any],
    *,
    refuses: Sequence[Code] = (),
    limit: Limit | None = None,
    idempotent: bool = False,
    parameters: Sequence[Any] = (),
    request: Any = None,
    description: str = "",
) -> Callable[[View], View]:
    """Describe a handler. ``refuses`` names general codes and the refusals of its service.

    With ``SHOP`` among them the handler is for the shop's server, which has a key and neither session nor cookie.
    """
    shop = "api_key_missing" in refuses
    codes: list[Code] = [*refuses, *(() if shop else ("authentication_failed",))]
    sentences = [description] if description else []
    if request is not None or parameters:
        codes.append("invalid")
    if request is not None:
        codes += ["parse_error", "unsupported_media_type"]
    if (limit or request is not None) and not shop:
        codes.append("csrf_failed")
    if limit:
        codes.append(TooFast)
        sentences.append(f"At most {limit.most} in {limit.seconds // 60} min for each {'key' if shop else 'member'}.")
    if idempotent:
        codes += [idempotency.BadKey, KeyReused]
        parameters = (*parameters, idempotency.PARAMETER)
    return extend_schema(
        operation_id=operation_id,
        tags=[operation_id.partition("_")[0]],
        summary=summary,
        description=" ".join(sentences),
        parameters=list(parameters),
        request=request,
        responses={**responses, **_problem_responses(codes)},
    )


def _problem_responses(codes: Sequence[Code]) -> dict[tuple[int, str], OpenApiResponse]:
    by_status: dict[int, list[str]] = defaultdict(list)
    for code in codes:
        if not isinstance(code, str):
            REFUSALS[code.code] = (code.status, code.message)
        status, name = (problems.MEANINGS[code][0], code) if isinstance(code, str) else (code.status, code.code)
        by_status[status].append(f"`{name}`")
    return {
        (status, problems.MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=", ".join(names))
        for status, names in by_status.items()
    }
