"""The leaderboard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.models import Member
from gamification.models import BoardScore
from gamification.queries import boards, rules
from gamification.rules import Span
from gamification.words import reputation_name

SPANS: dict[str, Span] = {"week": "week", "month": "month", "all": "all"}


@require_safe
def leaderboard(request: HttpRequest) -> HttpResponse:
    """The best of this week, this month or of all times, and one's own place."""
    span = SPANS.get(request.GET.get("span", ""), "week")
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    return render(
        request,
        "gamification/leaderboard.html",
        {
            "span": span,
            "spans": BoardScore.Span.choices,
            "rows": boards.best(span, today=today),
            "own": boards.place_of(request.user, span, today=today) if isinstance(request.user, Member) else None,
            "rules": rules.in_force(),
            "reputation_name": reputation_name(),
        },
    )
