"""The quests, with one's own progress."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.models import Member
from gamification.queries import quests
from gamification.queries.days import site_day
from gamification.words import credits_name, reputation_name


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What can be done together now, and how far the reader is."""
    member = request.user if isinstance(request.user, Member) else None
    today = site_day(timezone.now())
    context = {
        "journeys": quests.journeys(member, today=today),
        "reputation_name": reputation_name(),
        "credits_name": credits_name(),
    }
    return render(request, "gamification/quests.html", context)
