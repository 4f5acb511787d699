"""The person behind a request, with the product's own types."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from community.access import Person
from community.models import ApiKey, Member


def person_of(request: Request) -> Person:
    """Who asks: a member or a visitor."""
    return request.user


def address_of(request: Request) -> str:
    """The network address of a visitor; a member's is nobody's concern."""
    return "" if isinstance(request.user, Member) else str(get_adapter().get_client_ip(request))


def member_of(request: Request) -> Member:
    """The member who asks. Raises ``NotAuthenticated`` for visitors."""
    if not isinstance(request.user, Member):
        raise NotAuthenticated
    return request.user


def api_key_of(request: Request) -> ApiKey:
    """The key of the shop's server. Raises ``NotAuthenticated`` where there is none."""
    if not isinstance(request.auth, ApiKey):
        raise NotAuthenticated
    return request.auth


def owner_of(request: Request) -> Member | ApiKey:
    """Whom an idempotency key belongs to."""
    return request.auth if isinstance(request.auth, ApiKey) else member_of(request)
