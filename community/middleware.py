"""The reader's language and time zone, the session's last use, and refusals as friendly pages."""

from __future__ import annotations

import hashlib
import zoneinfo
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from community import access
from community.models import Member
from community.refusals import Refusal
from community.views import errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ChosenLanguageMiddleware:
    """Speaks the signed-in member's language in their time zone; a visitor's cookie or browser decides otherwise.

    Both are taken back afterwards: the threads that serve requests outlive them.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        member = request.user if isinstance(request.user, Member) else None
        language = member.language if member else translation.get_language_from_request(request)
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(_zone(member)):
            response = self.get_response(request)
        if not member:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", language)
        return response


class SessionActivityMiddleware:
    """Notes when a session was last used, every few minutes at most: a write for every read would hold up all."""

    EVERY = 300

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and request.user.is_authenticated and cache.add(f"seen:{_digest(key)}", value=True, timeout=self.EVERY):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)


class RefusalMiddleware:
    """Turns what a door or a service refused into a page that says what happened and what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer refusals; everything else is a fault and stays one."""
        if isinstance(exception, Refusal):
            return errors.refused(request, exception)
        if isinstance(exception, access.NotFound):
            return errors.not_found(request, exception)
        return None


def _digest(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


def _zone(member: Member | None) -> zoneinfo.ZoneInfo | None:
    if member is None:
        return None
    try:
        return zoneinfo.ZoneInfo(member.timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
