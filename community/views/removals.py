"""Taking somebody's post away, with the reasons that its author gets."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community import access, limits
from community.forms.safety import RemovalForm
from community.refusals import Refusal
from community.registry import registry
from community.services import removals
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def create(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Say why, and take it away."""
    post = access.removable_post_for(request.user, kind, pk)
    flaggable = registry.flaggables[kind]
    form = RemovalForm(posted(request))
    context = {"form": form, "label": flaggable.label, "text": flaggable.text(post), "back": flaggable.url(post)}
    if not form.is_valid():
        return render(request, "moderation/remove.html", context, status=INVALID if form.is_bound else 200)
    now = timezone.now()
    try:
        limits.spend(limits.CASES, member=request.user, at=now)
        removals.remove(post=post, by=request.user, at=now, **form.cleaned_data)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "moderation/remove.html", context), refusal)
    messages.success(request, _("Removed. The author gets the reasons."))
    return SeeOther(flaggable.url(post))
