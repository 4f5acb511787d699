"""Who asks: the site's own session with its CSRF token, or an app with a session token in a header."""

from __future__ import annotations

from typing import Any

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from community.models import Member

HEADER = "X-Session-Token"


class AppToken(XSessionTokenAuthentication):
    """A token that allauth gave an app at ``/_allauth/app/v1/``. A wrong one is refused, not taken for a visitor."""

    def authenticate(self, request: Request) -> tuple[Member, object] | None:
        if HEADER not in request.headers:
            return None
        found: tuple[Member, object] | None = super().authenticate(request)
        if found is None:
            raise AuthenticationFailed
        if "Accept-Language" not in request.headers:
            # The middleware saw no cookie, so it did not know the member. It also takes this back afterwards.
            translation.activate(found[0].language)
        return found

    def authenticate_header(self, request: Request) -> str:
        return HEADER


class SiteSession(SessionAuthentication):
    """The session cookie of the site; whatever changes something needs the CSRF token too."""

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise PermissionDenied(code="csrf_failed") from error


class AppTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # drf-spectacular registers extensions without types
    target_class = AppToken
    name = "appToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": HEADER,
            "description": "For apps. Sign in at `POST /_allauth/app/v1/auth/login`; the token is "
            "`meta.session_token` of the answer.",
        }


class SiteSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # as above
    target_class = SiteSession
    name = "siteSession"

    def get_security_definition(self, auto_schema: object) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "For scripts on the site's own pages. Requests that change something also send "
            "`X-CSRFToken`.",
        }
