"""Completing ``@`` and ``#`` while somebody writes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community import access, limits, words
from community.models import Thread
from community.queries import mentions
from community.views.people import MemberRequest, members_only

LONGEST = 40


@require_safe
@members_only
def candidates(request: MemberRequest) -> HttpResponse:
    """The options of the list below the text: members, or products, whose name or address begins so."""
    limits.spend(limits.COMPLETIONS, member=request.user, at=timezone.now())
    beginning, thread = words.line(request.GET.get("q", ""))[:LONGEST], _thread(request)
    if request.GET.get("of") == "products":
        found = mentions.products(writer=request.user, beginning=beginning, thread=thread)
        return render(request, "components/named_products.html", {"products": found})
    members = mentions.candidates(writer=request.user, beginning=beginning, thread=thread)
    return render(request, "components/named_people.html", {"members": members})


def _thread(request: MemberRequest) -> Thread | None:
    wanted = request.GET.get("thread", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 18):
        return None
    return access.thread_for(request.user, int(wanted))
