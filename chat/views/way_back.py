"""The way back from an e-mail into a talk, on whatever device it is read."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chat.services import magic_links
from chat.views.widget import SHOWS_FILES
from community import limits
from community.views.people import address_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def follow(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask first, since mail programs look behind links by themselves; then go on where the talk stopped."""
    at = timezone.now()
    limits.spend_as(limits.WIDGET_SESSIONS, person=AnonymousUser(), address=address_of(request), at=at)
    link = magic_links.find(token, at=at)
    language = link.help.language
    with translation.override(language):
        if request.method == "POST":
            visitor, session = magic_links.follow(link=link, at=at)
            known = {"widget": visitor.widget, "language": language, "token": session, "visitor": visitor}
            answer = render(request, "chat/widget.html", known)
        else:
            answer = render(request, "chat/back.html", {"language": language})
    return csp_replace(SHOWS_FILES)(lambda _request: _private(answer))(request)


def _private(answer: HttpResponse) -> HttpResponse:
    # The address is the secret: no other site that is opened from here hears of it. Our own must, for the form is
    # refused from a page that does not say where it is.
    answer["Referrer-Policy"] = "same-origin"
    return answer
