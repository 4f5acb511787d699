"""``Idempotency-Key``: a repeated POST has one effect, and its first response is given again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.api.people import owner_of
from community.refusals import Refusal
from community.services import idempotency

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LONGEST = 128

PARAMETER = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    description="Any text of up to 128 characters that is new for this deed, such as a UUID. For 24 hours the same "
    "request under the same key gets the first response again, with `Idempotency-Replayed: true`.",
)

V = TypeVar("V", bound=APIView)
P = ParamSpec("P")
Handler = Callable[Concatenate[V, Request, P], Response]


class BadKey(Refusal):
    """The key cannot be stored."""

    code = "idempotency_key_invalid"
    message = _("An idempotency key has 1 to 128 printable ASCII characters.")
    status = 400


def idempotent(handler: Handler[V, P]) -> Handler[V, P]:
    """Let ``handler`` have its effect once for each caller and ``Idempotency-Key``; without a key, each time.

    Everything that the handler decides is inside: a replay outlives the thing it was about, and a refusal leaves
    the key free.
    """

    @wraps(handler)
    def once(view: V, request: Request, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return handler(view, request, *args, **kwargs)
        if not (0 < len(key) <= LONGEST and key.isascii() and key.isprintable()):
            raise BadKey

        def effect() -> tuple[int, Mapping[str, object]]:
            response = handler(view, request, *args, **kwargs)
            return response.status_code, json.loads(JSONRenderer().render(response.data))

        status, body, replayed = idempotency.once(
            member=owner_of(request), key=key, fingerprint=_fingerprint(request), effect=effect
        )
        # One order of the names, whether the answer is new or comes out of the database, which keeps none.
        answer = json.loads(json.dumps(body, sort_keys=True))
        return Response(answer, status=status, headers={REPLAYED: "true"} if replayed else None)

    return once


def _fingerprint(request: Request) -> str:
    """What makes two requests the same: method, address and the body's meaning, not its spelling."""
    body: Any = request.data
    said = json.dumps([request.method, request.get_full_path(), body], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
