"""The search page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from community import access, limits
from community.access import ideas
from community.queries import search
from community.search import index
from community.services import misses
from community.views.people import address_of, person_of


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What was found for ``q``; what nobody has asked yet leads to the form for asking it."""
    text, person, now = request.GET.get("q", "").strip(), person_of(request), timezone.now()
    if not text:
        return render(request, "search/page.html", {"result": None})
    limits.spend_as(limits.SEARCHES, person=person, address=address_of(request), at=now)
    page, beside = _page(request.GET.get("page", "")), ideas.ideas_for(person)
    result = search.run(text, access.threads_for(person), beside=beside, page=page)
    if result.in_vain:
        misses.note(term=result.asked.words, language=get_language() or "de", at=now)
    return render(request, "search/page.html", {"result": result})


def _page(asked: str) -> int:
    """The number of a page that there can be."""
    last = index.HITS // search.SIZE
    return min(int(asked), last) if asked.isdecimal() and len(asked) < 4 and int(asked) else 1
