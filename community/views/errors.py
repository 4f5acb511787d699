"""Pages that say no: what happened, what was kept and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.messages import ERROR
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from community.api import problems
from community.limits import TooFast
from community.refusals import Refusal

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

PAGES = {403: "403.html", 404: "404.html", 429: "429.html"}


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Show a service's refusal; for a request by htmx only its sentence, above the page."""
    if _by_htmx(request):
        response = _message(request, str(refusal.message), refusal.status)
    else:
        page = PAGES.get(refusal.status, "refusal.html")
        response = render(request, page, {"message": refusal.message}, status=refusal.status)
    if isinstance(refusal, TooFast):
        response["Retry-After"] = str(refusal.retry_after)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Page for what no form of ours sends."""
    text = _("Something in this request was damaged. Go back, load the page again and retry.")
    if _by_htmx(request):
        return _message(request, text, 400)
    return render(request, "refusal.html", {"message": text}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Page of Django's own 403."""
    return render(request, "403.html", {"message": ""}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Page for what is missing or not for this person."""
    if _by_htmx(request):
        return _message(request, _("There is nothing here. It was moved or deleted."), 404)
    return render(request, "404.html", {"message": ""}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Page for a form whose secret is missing or old, most often after signing in in another tab."""
    text = _("This page was open for too long, or cookies are off. Go back, load the page again and send it once more.")
    if _by_htmx(request):
        return _message(request, text, 403)
    return render(request, "403.html", {"message": text}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Page for our own faults, or a problem document; it must not need the database."""
    if request.path.startswith("/api/"):
        return problems.fault()
    return HttpResponse(render_to_string("500.html"), status=500)


def _by_htmx(request: HttpRequest) -> bool:
    details: HtmxDetails | None = getattr(request, "htmx", None)
    return details is not None and bool(details) and not details.boosted


def _message(request: HttpRequest, text: str, status: int) -> HttpResponse:
    """Only the sentence, put where messages stand instead of what the request would have replaced."""
    message = Message(ERROR, text)
    response = render(request, "components/message.html", {"message": message}, status=status)
    response["HX-Retarget"] = "[data-messages]"
    response["HX-Reswap"] = "innerHTML"
    response["HX-Reselect"] = "p"
    return response
