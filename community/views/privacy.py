"""One's own data: a copy of it, what one agreed to, and the end of the account."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import access, limits
from community.forms.privacy import ErasureForm
from community.queries import privacy
from community.refusals import Refusal
from community.services import erasure, exports
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused


@require_safe
@members_only
def show(request: MemberRequest) -> HttpResponse:
    """What is kept, and what the member can do about it."""
    context = {
        "exports": privacy.exports_of(request.user),
        "consents": privacy.consents_of(request.user),
        "now": timezone.now(),
    }
    return render(request, "privacy/data.html", context)


@require_POST
@members_only
@reauthentication_required
def export(request: MemberRequest) -> HttpResponse:
    """Ask for a copy of everything."""
    now = timezone.now()
    limits.spend(limits.EXPORTS, member=request.user, at=now)
    try:
        exports.ask(member=request.user, at=now)
    except exports.UnderWay as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("We are putting your data together. You get an e-mail when it is ready."))
    return SeeOther(reverse("community:data"))


@require_POST
@never_cache
@members_only
def fetch(request: MemberRequest, token: str) -> FileResponse:
    """Hand the file over, once, to the session of its member."""
    export, now = access.export_for(request.user, token), timezone.now()
    limits.spend(limits.FETCHES, member=request.user, at=now)
    file = exports.fetch(export=export, at=now)
    return FileResponse(file, as_attachment=True, filename=f"{request.user.handle}.zip", content_type="application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@reauthentication_required(allow_get=True)
def erase(request: MemberRequest) -> HttpResponse:
    """End the account for good."""
    form = ErasureForm(posted(request), member=request.user)
    if not form.is_valid():
        return render(request, "privacy/erase.html", {"form": form}, status=INVALID if form.is_bound else 200)
    now = timezone.now()
    try:
        limits.spend(limits.ERASURES, member=request.user, at=now)
        erasure.erase(member=request.user, by=request.user, at=now)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "privacy/erase.html", {"form": form}), refusal)
    logout(request)
    messages.success(request, _("Your account is gone. What you wrote stays as a former member's."))
    return SeeOther(reverse("community:home"))
