"""What a text will look like."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from community import limits
from community.models import Thread
from community.services import texts
from community.views.people import MemberRequest, members_only


@require_POST
@members_only
def show(request: MemberRequest) -> HttpResponse:
    """Render the text that is being written, exactly as it will be stored."""
    limits.spend(limits.PREVIEWS, member=request.user, at=timezone.now())
    html = texts.shown(request.POST.get("body", "")[: Thread.BODY_MAX], author=request.user)
    return render(request, "components/preview.html", {"html": html})
