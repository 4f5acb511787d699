"""One's own notifications."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from community import limits
from community.queries import notifications as queries
from community.services import notifications
from community.views.people import MemberRequest, members_only
from community.views.posting import SeeOther

IN_MENU = 6


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def index(request: MemberRequest) -> HttpResponse:
    """The list; a POST marks all of it as read."""
    if request.method == "POST":
        now = timezone.now()
        limits.spend(limits.READS, member=request.user, at=now)
        notifications.mark_read(member=request.user, at=now)
        return SeeOther(request.path)
    page = queries.page(request.user, cursor=request.GET.get("cursor"))
    return render(request, "notifications.html", {"page": page})


@require_safe
@members_only
def menu(request: MemberRequest) -> HttpResponse:
    """The newest lines, for the menu behind the bell; opened without JavaScript, the bell leads to the list."""
    return render(request, "notifications/menu.html", {"lines": queries.latest(request.user, IN_MENU)})
