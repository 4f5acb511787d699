"""The leaderboards, and whether one is shown there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community import limits
from community.models import Member
from community.queries import products
from community.views.people import MemberRequest, members_only
from community.views.posting import SeeOther
from gamification.forms.boards import ShownForm
from gamification.models import BoardScore
from gamification.queries import boards, rules
from gamification.queries.days import site_day
from gamification.rules import Span
from gamification.services import boards as services
from gamification.words import reputation_name

SPANS: dict[str, Span] = {"week": "week", "month": "month", "season": "season", "all": "all"}


@require_safe
def leaderboard(request: HttpRequest) -> HttpResponse:
    """The best of this week, month, season or of all times, of everything or one topic, and one's own place."""
    today = site_day(timezone.now())
    season = boards.season_on(today)
    span = SPANS.get(request.GET.get("span", ""), "week")
    topics = list(products.topics())
    topic = next((topic for topic in topics if topic.slug == request.GET.get("topic")), None)
    board = boards.board(span, today=today, topic=topic, season=season) or boards.week(today, topic=topic)
    rows = boards.best(board)
    return render(
        request,
        "gamification/leaderboard.html",
        {
            "board": board,
            "spans": [choice for choice in BoardScore.Span.choices if season or choice[0] != "season"],
            "season": season,
            "topics": topics,
            "rows": rows,
            "rules": rules.told(),
            "reputation_name": reputation_name(),
            **_own(request, board, shown=len(rows)),
        },
    )


@require_POST
@members_only
def show(request: MemberRequest) -> HttpResponse:
    """Hide me from boards, or show me there again."""
    form = ShownForm(request.POST)
    if form.is_valid():
        limits.spend(limits.BOARDS, member=request.user, at=timezone.now())
        services.show(member=request.user, shown=form.cleaned_data["shown"], at=timezone.now())
    return SeeOther(f"{request.path.removesuffix('shown/')}?{request.META.get('QUERY_STRING', '')}".rstrip("?"))


def _own(request: HttpRequest, board: boards.Board, *, shown: int) -> dict[str, Any]:
    """The reader's own place, with those around it where it is not in sight."""
    if not isinstance(request.user, Member):
        return {"own": None, "around": [], "is_quiet": False}
    own = boards.place_of(request.user, board)
    quiet = boards.is_quiet(request.user)
    around = boards.around(own, board) if own and (own.place > shown or quiet) else []
    return {"own": own, "around": around, "is_quiet": quiet}
