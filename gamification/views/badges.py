"""The gallery of badges."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.models import Member
from gamification.queries import badges


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every badge and grade, how rare it is, and a member's own exact progress."""
    member = request.user if isinstance(request.user, Member) else None
    return render(request, "gamification/badges.html", {"cabinet": badges.cabinet(member)})
