"""When somebody helps, and how they were rated for it."""

from __future__ import annotations

from django.contrib import messages as told
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chat import access
from chat.forms.desk import AvailabilityForm
from chat.queries import responders
from chat.services import availability
from community import limits
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def times(request: MemberRequest) -> HttpResponse:
    """Times of the week, languages and how many at once."""
    responder, now = access.responder_for(request.user), timezone.now()
    form = AvailabilityForm(posted(request), responder=responder)
    page = {"form": form, "responder": responder, "average": responders.average(responder)}
    if not form.is_valid():
        return render(request, "desk/times.html", page, status=INVALID if form.is_bound else 200)
    try:
        limits.spend(limits.EDITS, member=request.user, at=now)
        said = {name: form.cleaned_data[name] for name in ("capacity", "languages")}
        availability.change(responder=responder, schedule=form.schedule(), at=now, **said)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "desk/times.html", page), refusal)
    told.success(request, _("Saved."))
    return SeeOther(reverse("chat:desk"))
