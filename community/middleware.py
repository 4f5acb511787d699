"""Pages kept for visitors, the reader's language and time zone, the session's last use, refusals as friendly pages."""

from __future__ import annotations

import hashlib
import zoneinfo
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache, caches
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from community import access, freshness
from community.context import THEMES
from community.models import Member
from community.refusals import Refusal
from community.services import trust, view_counts
from community.views import errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class VisitorPagesMiddleware:
    """Keeps whole pages for visitors, under the version of what everybody sees.

    Whatever a recorded deed, the background or a signed-in member's request changes moves the version, so no visitor
    is shown the state before it. ``VISITOR_PAGES_KEPT`` (seconds, 0 for never) only bounds how old "2 minutes ago"
    gets, and what was changed past the product. Nothing that sets a cookie is kept, so no page with a CSRF token is.
    """

    PAGES = frozenset({"community:home", "community:threads", "community:thread"})
    #: What no visitor ever sees: saved every few seconds, it must not cost them their pages.
    UNSEEN = frozenset({"community:draft", "community:draft_discard", "community:upload", "community:preview"})
    LONGEST_QUERY = 200

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.VISITOR_PAGES_KEPT:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self._is_for_everybody(request):
            response = self.get_response(request)
            if request.method not in {"GET", "HEAD", "OPTIONS"} and isinstance(getattr(request, "user", None), Member):
                self._drop(request)
            return response
        key = self._key(request)
        kept: HttpResponse | None = caches[freshness.CACHE].get(key)
        return self._made(request, key) if kept is None else kept

    def _drop(self, request: HttpRequest) -> None:
        view = request.resolver_match.view_name if request.resolver_match else ""
        if view not in self.UNSEEN:
            freshness.changed()

    def _made(self, request: HttpRequest, key: str) -> HttpResponseBase:
        response = self.get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else ""
        # Whoever brings the cookie gets no new one, so a token of theirs in the page would not show otherwise.
        for_all = not response.cookies and settings.CSRF_COOKIE_NAME not in request.COOKIES
        if view in self.PAGES and response.status_code == 200 and not response.streaming and for_all:
            caches[freshness.CACHE].set(key, response, settings.VISITOR_PAGES_KEPT)
        return response

    def _is_for_everybody(self, request: HttpRequest) -> bool:
        """Whether nothing in the request tells one visitor from another, but for what is in the key."""
        personal = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name} & request.COOKIES.keys()
        headers = {"HX-Request", "Authorization", "X-Session-Token"} & request.headers.keys()
        short = len(request.META.get("QUERY_STRING", "")) <= self.LONGEST_QUERY
        return request.method == "GET" and short and not personal and not headers

    def _key(self, request: HttpRequest) -> str:
        theme = request.COOKIES.get("theme", "")
        parts = (
            freshness.version(),
            translation.get_language_from_request(request),
            theme if theme in THEMES else "",
            request.build_absolute_uri(),
        )
        return _digest("\n".join(parts))


class ViewCountMiddleware:
    """Counts which questions are opened, kept pages included; programs and pages fetched ahead are no readers."""

    PAGES = "/threads/"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path_info.startswith(self.PAGES) and response.status_code == 200 and self._is_read(request):
            # A kept page never came to the view, so its address was not resolved yet.
            match = request.resolver_match or resolve(request.path_info)
            if match.view_name == "community:thread":
                view_counts.note(thread=match.kwargs["pk"], at=timezone.now())
        return response

    def _is_read(self, request: HttpRequest) -> bool:
        headers = request.headers
        by_program = "bot" in headers.get("User-Agent", "").lower() or "HX-Request" in headers
        return request.method == "GET" and not by_program and "prefetch" not in headers.get("Sec-Purpose", "")


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
    """Notes when a session was last used, and the day as one of use, every few minutes at most.

    A write for every read would hold up all.
    """

    EVERY = 300

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key and request.user.is_authenticated and cache.add(f"seen:{_digest(key)}", value=True, timeout=self.EVERY):
            UserSession.objects.create_from_request(request)
            if isinstance(request.user, Member):
                trust.note_day(member=request.user, at=timezone.now())
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
        if isinstance(exception, access.Moved) and request.method in {"GET", "HEAD"}:
            return HttpResponsePermanentRedirect(exception.thread.get_absolute_url())
        if isinstance(exception, access.NotFound):
            return errors.not_found(request, exception)
        return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _zone(member: Member | None) -> zoneinfo.ZoneInfo | None:
    if member is None:
        return None
    try:
        return zoneinfo.ZoneInfo(member.timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
