"""The person behind a request of the chat: a member, or a visitor of the shop."""

from __future__ import annotations

from rest_framework.request import Request

from chat.access import Person
from chat.models import VisitorSession


def person_of(request: Request) -> Person:
    """Who asks; a stranger is nobody's participant."""
    if isinstance(request.auth, VisitorSession):
        return request.auth.visitor
    return request.user
