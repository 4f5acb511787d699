"""What every call of the chat shares: members and visitors of a shop take part, strangers do not."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from chat import frames
from chat.api.authentication import VisitorToken
from chat.api.people import person_of
from chat.models import Visitor
from community import limits
from community.api.authentication import AppToken, SiteSession
from community.api.base import ApiView
from community.models import Member


class IsSomebody(BasePermission):
    """A member, or a visitor whom a token names."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(person_of(request), Member | Visitor)


class ChatView(ApiView):
    """For those who take part."""

    authentication_classes = (VisitorToken, AppToken, SiteSession)
    permission_classes = (IsSomebody,)


def somebody(request: Request) -> Member | Visitor:
    """Who asks. Raises ``NotAuthenticated`` for strangers."""
    person = person_of(request)
    if not isinstance(person, Member | Visitor):
        raise NotAuthenticated
    return person


def spend(limit: limits.Limit, person: Member | Visitor) -> None:
    """Count one use, of a member or of a visitor."""
    if isinstance(person, Member):
        limits.spend(limit, member=person, at=timezone.now())
    else:
        limits.spend_for(limit, who=frames.name_of(person), at=timezone.now())
