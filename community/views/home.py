"""The start page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community import access
from community.models import Phase
from community.queries import products, threads
from community.views.marks import mark
from community.views.people import person_of

LATEST, WAITING, SHELF = 6, 3, 6


@dataclass(frozen=True, slots=True)
class Stop:
    """One phase of the customer journey on the start page."""

    value: str
    label: str
    count: int
    picture: str = ""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What is new, what waits for an answer, where one can begin."""
    shown = access.threads_for(person_of(request))
    counts = threads.counts_by_phase()
    context = {
        "threads": mark(request, threads.latest(shown, LATEST)),
        "unanswered": threads.unanswered(shown, WAITING),
        "phases": [Stop(phase.value, str(phase.label), counts[phase.value]) for phase in Phase],
        "products": products.active()[:SHELF],
    }
    return render(request, "home.html", context)
