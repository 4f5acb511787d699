"""One's own ledger, why an entry was booked, and why there is none."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.queries import threads
from community.views.people import MemberRequest, members_only
from gamification import access
from gamification.queries import decisions, ledger, suspicions
from gamification.words import credits_name, reputation_name


@require_safe
@never_cache
@members_only
def entries(request: MemberRequest) -> HttpResponse:
    """The ledger, newest entry first."""
    page = ledger.page_of(request.user, cursor=request.GET.get("cursor"))
    context = {"page": page, "has_holds": suspicions.holds_of(request.user).exists(), **_names()}
    return render(request, "gamification/ledger.html", {**context, **ledger.balances_of(request.user)})


@require_safe
@never_cache
@members_only
def why(request: MemberRequest, pk: int) -> HttpResponse:
    """The rule, the deed, the question and the facts behind one entry."""
    entry = access.entry_for(request.user, pk)
    thread = threads.shown(entry.activity.facts.get("thread")) if entry.activity else None
    told = decisions.behind(entry)
    return render(request, "gamification/why.html", {"entry": entry, "thread": thread, "told": told, **_names()})


@require_safe
@never_cache
@members_only
def nothing(request: MemberRequest) -> HttpResponse:
    """What earned nothing, less than usual or nothing yet, and why."""
    page = decisions.page_of(request.user, cursor=request.GET.get("cursor"))
    return render(
        request, "gamification/decisions.html", {"page": page, "decisions": decisions.explained(page.results)}
    )


def _names() -> dict[str, Any]:
    return {"reputation_name": reputation_name(), "credits_name": credits_name()}
