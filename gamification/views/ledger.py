"""One's own ledger, and why an entry was booked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.queries import threads
from community.views.people import MemberRequest, members_only
from gamification import access
from gamification.queries import ledger
from gamification.words import credits_name, reputation_name


@require_safe
@never_cache
@members_only
def entries(request: MemberRequest) -> HttpResponse:
    """The ledger, newest entry first."""
    page = ledger.page_of(request.user, cursor=request.GET.get("cursor"))
    return render(request, "gamification/ledger.html", {"page": page, **ledger.balances_of(request.user), **_names()})


@require_safe
@never_cache
@members_only
def why(request: MemberRequest, pk: int) -> HttpResponse:
    """The rule, the deed and the question behind one entry."""
    entry = access.entry_for(request.user, pk)
    thread = threads.shown(entry.activity.facts.get("thread"))
    return render(request, "gamification/why.html", {"entry": entry, "thread": thread, **_names()})


def _names() -> dict[str, Any]:
    return {"reputation_name": reputation_name(), "credits_name": credits_name()}
