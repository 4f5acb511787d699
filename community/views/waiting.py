"""The queue of questions that need an answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community import access
from community.models import Phase
from community.queries import products, waiting
from community.views.people import MemberRequest, members_only


@require_safe
@members_only
def index(request: MemberRequest) -> HttpResponse:
    """What others wait for, the most urgent first; nobody waits for their own answer."""
    page = waiting.page(
        access.threads_for(request.user).exclude(author=request.user),
        at=timezone.now(),
        phase=request.GET.get("phase", ""),
        topic=request.GET.get("topic", ""),
        product=request.GET.get("product", ""),
        cursor=request.GET.get("cursor"),
    )
    choices = {"topics": products.topics(), "products": products.active()[: products.CHOICES]}
    missing = waiting.in_vain() if access.fills_gaps(request.user) else []
    context = {"page": page, "missing": missing, "phases": Phase.choices, **choices}
    return render(request, "threads/waiting.html", context)
