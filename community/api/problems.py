"""Errors as problem documents (RFC 9457): every refusal has a stable ``code`` and a sentence for people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response

from community import access
from community.refusals import Refusal

MEDIA_TYPE = "application/problem+json"

#: The codes that any operation may answer with, and what they mean; refusals of the services add their own.
MEANINGS: Mapping[str, tuple[int, str | Promise]] = {
    "moved": (301, _("This question was merged into another one. Follow the Location.")),
    "invalid": (400, _("Some fields are missing or wrong. Each is named under errors.")),
    "parse_error": (400, _("The body is not the JSON that was announced.")),
    "not_authenticated": (401, _("Sign in first.")),
    "authentication_failed": (401, _("The session token is unknown or has ended. Sign in again.")),
    "api_key_missing": (401, _("Send the shop's key as Authorization: Api-Key …, or a signature as X-Signature.")),
    "api_key_invalid": (401, _("This key is unknown or was switched off. Keys are made in the admin.")),
    "signature_invalid": (401, _("The signature does not fit time, body and secret. Write it as t=UNIX,v1=HEX.")),
    "signature_expired": (401, _("The time in the signature is more than 300 seconds from ours. Sign anew.")),
    "signature_replayed": (401, _("This signature was used before. Sign each request anew, repeated ones too.")),
    "visitor_unknown": (401, _("This visitor's session is unknown or has ended. Begin another one.")),
    "scope_missing": (403, _("The key may not do this. What it may do is set in the admin.")),
    "permission_denied": (403, _("This is not allowed to you.")),
    "csrf_failed": (403, _("The CSRF token is missing or wrong. Send it in the header X-CSRFToken.")),
    "not_found": (404, _("There is nothing here. It was moved or deleted, or it is not for you.")),
    "method_not_allowed": (405, _("This address does not take this method.")),
    "not_acceptable": (406, _("Answers are given as application/json only.")),
    "too_large": (413, _("The body is too large.")),
    "unsupported_media_type": (415, _("Send the body as application/json.")),
    "server_error": (500, _("Something broke on our side. We were told. Try again in a moment.")),
}

#: Where an address names its thread.
MERGED = re.compile(r"(/threads/)\d+/")

Errors = dict[str, list[dict[str, str]]]


def handle(exc: Exception, context: Mapping[str, Any]) -> Response | None:
    """Answer what a door, a service or the framework refused; ``None`` lets a fault stay a fault."""
    headers: dict[str, str] = {}
    match exc:
        case Refusal():
            body = document(exc.status, exc.code, exc.message)
            if exc.field:
                body["errors"] = {exc.field: [{"code": exc.code, "detail": str(exc.message)}]}
            if (wait := getattr(exc, "retry_after", None)) is not None:
                headers["Retry-After"] = str(wait)
        case exceptions.ValidationError():
            body = document(400, "invalid", errors=_by_field(exc.get_full_details()))
        case access.NotFound() | Http404():
            body = _missing(exc, context["request"], headers)
        case PermissionDenied():
            body = document(403, "permission_denied")
        case RequestDataTooBig():
            body = document(413, "too_large")
        case exceptions.APIException():
            code = str(exc.get_codes())
            body = document(exc.status_code, code, None if code in MEANINGS else str(exc.detail))
            if challenge := getattr(exc, "auth_header", None):
                headers["WWW-Authenticate"] = challenge
        case _:
            return None
    return Response(body, status=body["status"], headers=headers, content_type=MEDIA_TYPE)


def _missing(exc: Exception, request: HttpRequest, headers: dict[str, str]) -> dict[str, Any]:
    """What is nowhere, or somewhere else by now: who only reads is led there."""
    if not isinstance(exc, access.Moved) or request.method not in {"GET", "HEAD"}:
        return document(404, "not_found")
    headers["Location"] = MERGED.sub(rf"\g<1>{exc.thread.pk}/", request.build_absolute_uri(), count=1)
    return document(301, "moved")


def document(
    status: int, code: str, detail: str | Promise | None = None, *, errors: Errors | None = None
) -> dict[str, Any]:
    """Return a problem document; its type is the place in the readable docs that explains the code."""
    body: dict[str, Any] = {
        "type": f"{settings.PUBLIC_URL}/api/docs/#problem-{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(MEANINGS[code][1] if detail is None else detail),
        "code": code,
    }
    if errors is not None:
        body["errors"] = errors
    return body


@csrf_exempt
def unknown(request: HttpRequest, **_captured: object) -> HttpResponse:
    """Answer every address under the API that does not exist."""
    return JsonResponse(document(404, "not_found"), status=404, content_type=MEDIA_TYPE)


def fault() -> HttpResponse:
    """Answer where our own code failed."""
    return JsonResponse(document(500, "server_error"), status=500, content_type=MEDIA_TYPE)


def _by_field(details: Any) -> Errors:
    """Flatten the framework's details: field names to their complaints, dotted where fields are nested."""
    if isinstance(details, list):
        details = {"": details}
    found: Errors = {}
    for name, entries in details.items():
        key = "" if name == "non_field_errors" else str(name)
        if isinstance(entries, Mapping):
            for inner, complaints in _by_field(entries).items():
                found[f"{key}.{inner}".strip(".")] = complaints
        else:
            found[key] = [{"code": str(entry["code"]), "detail": str(entry["message"])} for entry in entries]
    return found
