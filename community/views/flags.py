"""Reports: say that a post should be looked at."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community import access, limits
from community.forms.safety import FlagForm
from community.refusals import Refusal
from community.registry import registry
from community.services import moderation
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def create(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Report a post with a reason."""
    post = access.post_for(request.user, kind, pk)
    flaggable = registry.flaggables[kind]
    form = FlagForm(posted(request))
    context = {"form": form, "label": flaggable.label, "text": flaggable.text(post), "back": flaggable.url(post)}
    if not form.is_valid():
        return render(request, "flags/new.html", context, status=INVALID if form.is_bound else 200)
    now = timezone.now()
    try:
        limits.spend(limits.FLAGS, member=request.user, at=now)
        moderation.flag(kind=kind, post=post, member=request.user, at=now, **form.cleaned_data)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "flags/new.html", context), refusal)
    messages.success(request, _("Thank you. We look at it and tell you what became of it."))
    # The post may be hidden by now; its author's page still leads somewhere.
    found = access.post_at(flaggable.url(post))
    return SeeOther(flaggable.url(post) if found else "/")
