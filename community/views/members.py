"""Members: the public profile and one's own settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community import access, limits
from community.forms.members import MemberForm
from community.models import Member
from community.queries import blocks
from community.queries import members as queries
from community.refusals import Refusal
from community.services import avatars, members
from community.views.people import MemberRequest, members_only, person_of
from community.views.posting import INVALID, SeeOther, explain, posted, refused


@require_safe
def show(request: HttpRequest, handle: str) -> HttpResponse:
    """Who somebody is here and what they contributed."""
    person = person_of(request)
    try:
        member = access.member_for(person, handle)
    except access.NotFound:
        if access.has_left(handle):
            return render(request, "members/former.html", status=410)
        raise
    if member.handle != handle:
        # Not for good: in a year somebody else may be called so.
        return redirect(member)
    tab, cursor = request.GET.get("tab", ""), request.GET.get("cursor")
    contributions = (
        queries.threads(member, access.threads_for(person), cursor=cursor)
        if tab == "questions"
        else queries.answers(member, cursor=cursor)
    )
    context = {
        "member": member,
        "contributions": contributions,
        "tab": tab,
        "is_blocked": isinstance(person, Member) and blocks.is_blocked(person, member),
    }
    return render(request, "members/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def settings(request: MemberRequest) -> HttpResponse:
    """One's own profile, language, time zone and picture."""
    member = request.user
    form = MemberForm(posted(request), request.FILES, member=member)
    if not form.is_valid():
        return render(request, "settings.html", {"form": form}, status=INVALID if form.is_bound else 200)
    try:
        now = timezone.now()
        limits.spend(limits.EDITS, member=member, at=now)
        members.edit(member=member, at=now, **form.profile)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "settings.html", {"form": form}), refusal)
    if form.cleaned_data["avatar"] or form.cleaned_data.get("remove_avatar"):
        avatars.put(member=member, picture=form.cleaned_data["avatar"])
    with translation.override(member.language):
        messages.success(request, _("Saved."))
    return SeeOther(request.path)
