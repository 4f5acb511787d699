"""Me too: having the same question."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from community import access, limits
from community.forms.follows import MeTooForm
from community.models import Follow
from community.queries import reading
from community.services import metoos
from community.views.people import MemberRequest, members_only
from community.views.posting import SeeOther


@require_POST
@members_only
def say(request: MemberRequest, pk: int) -> HttpResponse:
    """Have the same question, or no longer; by htmx only the buttons come back."""
    thread = access.present_thread_for(request.user, pk)
    form = MeTooForm(request.POST)
    if not form.is_valid():
        raise BadRequest("The value is 1 or 0.")
    now = timezone.now()
    limits.spend(limits.VOTES, member=request.user, at=now)
    thread = metoos.say(thread=thread, member=request.user, value=form.cleaned_data["value"], at=now)
    if not request.headers.get("HX-Request"):
        return SeeOther(f"{thread.get_absolute_url()}#question")
    stance = reading.stance(request.user, thread)
    return render(request, "threads/stance.html", {"thread": thread, "stance": stance, "levels": Follow.Level.choices})
