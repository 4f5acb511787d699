"""Taking somebody's post away, with the reasons that its author gets."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community import access, limits
from community.forms.safety import RemovalForm
from community.registry import registry
from community.services import removals
from community.views import about_post
from community.views.people import MemberRequest, members_only
from community.views.posting import SeeOther, posted


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def create(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Say why, and take it away."""
    post = access.removable_post_for(request.user, kind, pk)
    form = RemovalForm(posted(request))

    def remove(at: datetime) -> None:
        limits.spend(limits.CASES, member=request.user, at=at)
        removals.remove(post=post, by=request.user, at=at, **form.cleaned_data)

    page = about_post.answer(request, "moderation/remove.html", kind=kind, post=post, form=form, deed=remove)
    if page is not None:
        return page
    messages.success(request, _("Removed. The author gets the reasons."))
    return SeeOther(registry.flaggables[kind].url(post))
