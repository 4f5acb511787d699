"""The levels and what they open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.models import Member
from gamification.queries import levels
from gamification.words import reputation_name


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every level, from how much on, and the rewards that come with it."""
    member = request.user if isinstance(request.user, Member) else None
    context = {"ladder": levels.ladder(member, at=timezone.now()), "reputation_name": reputation_name()}
    return render(request, "gamification/levels.html", context)
