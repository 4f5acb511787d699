"""A visitor of a shop at the door: by the token that ``POST widget/session/`` gave their browser."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from chat.models import VisitorSession
from chat.services import visitor_sessions

WORD = "Visitor"


class VisitorToken(BaseAuthentication):
    """``Authorization: Visitor …``; a wrong token is refused, not taken for a stranger.

    The user stays anonymous, since a visitor is no member; who it is stands in ``request.auth``.
    """

    def authenticate(self, request: Request) -> tuple[AnonymousUser, VisitorSession] | None:
        word, _, token = request.headers.get("Authorization", "").partition(" ")
        if word.lower() != WORD.lower():
            return None
        at = timezone.now()
        found = visitor_sessions.find(token.strip(), at)
        if found is None:
            raise AuthenticationFailed(code="visitor_unknown")
        visitor_sessions.note_use(session=found, at=at)
        # The widget speaks the shop's language, whatever the browser prefers; the middleware takes this back.
        translation.activate(found.visitor.language)
        return AnonymousUser(), found

    def authenticate_header(self, request: Request) -> str:
        return WORD


class VisitorTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # drf-spectacular registers extensions without types
    target_class = VisitorToken
    name = "visitorToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "For the widget: `Authorization: Visitor …`, the token of `POST /api/v1/widget/session/`.",
        }
