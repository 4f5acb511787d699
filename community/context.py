"""What every page's shell shows: the brand, the theme and how much is unread."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from community.models import Member
from community.queries import live
from community.services import brands

THEMES = ("light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of ``base.html``; the unread count costs its query only where a template asks for it."""
    theme = request.COOKIES.get("theme", "")
    user = getattr(request, "user", None)
    return {
        "brand": brands.current(),
        "theme": theme if theme in THEMES else "",
        "unread": SimpleLazyObject(lambda: live.unread_count(user)) if isinstance(user, Member) else 0,
    }
