"""Reports: say that a post should be looked at."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community import access, limits
from community.forms.safety import FlagForm
from community.registry import registry
from community.services import moderation
from community.views import about_post
from community.views.people import MemberRequest, members_only
from community.views.posting import SeeOther, posted


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def create(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Report a post with a reason."""
    post = access.post_for(request.user, kind, pk)
    form = FlagForm(posted(request))

    def report(at: datetime) -> None:
        limits.spend(limits.FLAGS, member=request.user, at=at)
        moderation.flag(kind=kind, post=post, member=request.user, at=at, **form.cleaned_data)

    page = about_post.answer(request, "flags/new.html", kind=kind, post=post, form=form, deed=report)
    if page is not None:
        return page
    messages.success(request, _("Thank you. We look at it and tell you what became of it."))
    # The post may be hidden by now; its author's page still leads somewhere.
    address = registry.flaggables[kind].url(post)
    return SeeOther(address if access.post_at(address) else "/")
