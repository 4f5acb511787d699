"""Who asks: a visitor or a member, and the way to the sign-in page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from community.access import Person
from community.models import Member

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Member


def person_of(request: HttpRequest) -> Person:
    """Who asks, with the product's own types."""
    return request.user


def address_of(request: HttpRequest) -> str:
    """The network address of a visitor; a member's is nobody's concern."""
    return "" if isinstance(request.user, Member) else str(get_adapter().get_client_ip(request))


def members_only(
    view: Callable[Concatenate[MemberRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Send visitors to sign in and back to the page they came from; a partial update sends the whole page there."""

    @wraps(view)
    def only(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if isinstance(request.user, Member):
            return view(cast(MemberRequest, request), *args, **kwargs)
        sign_in = redirect_to_login(way_back(request), settings.LOGIN_URL)
        return HttpResponseClientRedirect(sign_in.url) if request.headers.get("HX-Request") else sign_in

    return only


def asked_in_passing(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Answer nothing to what the page of somebody signed out meanwhile asks by itself while they write.

    To send them to sign in would take the page away under their hands; they are sent when they send their text.
    """

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.headers.get("HX-Request") and not isinstance(request.user, Member):
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        return view(request, *args, **kwargs)

    return asked


def way_back(request: HttpRequest, otherwise: str = "/") -> str:
    """The page to return to: a deed's own address cannot be opened."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    origin = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(origin, {request.get_host()}, require_https=request.is_secure())
    return origin if safe and origin else otherwise
