"""Small groups: begin one, bring somebody in, give it a name."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from chat import access
from chat.forms.messages import GroupForm, GroupPeopleForm
from chat.services import groups
from community import limits
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def begin(request: MemberRequest) -> HttpResponse:
    """Choose a name and people."""
    form = GroupForm(posted(request), member=request.user)
    if not form.is_valid():
        return render(
            request, "chat/group.html", {"form": form, "conversation": None}, status=INVALID if form.is_bound else 200
        )
    now = timezone.now()
    try:
        limits.spend(limits.CONVERSATIONS, member=request.user, at=now)
        made = groups.begin(by=request.user, at=now, **form.cleaned_data)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "chat/group.html", {"form": form, "conversation": None}), refusal)
    return SeeOther(reverse("chat:conversation", args=[made.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Another name, and more people."""
    place = access.group_place_for(request.user, pk)
    form = GroupPeopleForm(posted(request), member=request.user, initial={"title": place.conversation.title})
    context = {"form": form, "conversation": place.conversation}
    if not form.is_valid():
        return render(request, "chat/group.html", context, status=INVALID if form.is_bound else 200)
    now = timezone.now()
    try:
        limits.spend(limits.CONVERSATIONS, member=request.user, at=now)
        groups.change(participant=place, at=now, **form.cleaned_data)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "chat/group.html", context), refusal)
    return SeeOther(reverse("chat:conversation", args=[pk]))
