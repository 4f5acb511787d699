"""Decisions about oneself: the statements of reasons, the appeal, and what became of one's reports."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community import access, limits
from community.forms.safety import AppealForm
from community.models import Appeal, Sanction
from community.queries import moderation as queries
from community.refusals import Refusal
from community.services import appeals
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused


@require_safe
@members_only
def index(request: MemberRequest) -> HttpResponse:
    """Every decision about the member, and every report of theirs."""
    found = {"sanctions": queries.sanctions_of(request.user), "reports": queries.reports_of(request.user)}
    return render(request, "sanctions/list.html", found)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """One statement of reasons, with the form to appeal as long as there is none."""
    sanction = access.sanction_for(request.user, pk)
    now = timezone.now()
    appeal = Appeal.objects.filter(sanction=sanction).first()
    form = AppealForm(posted(request))
    context = {
        "sanction": sanction,
        "appeal": appeal,
        "form": form if _can_appeal(sanction, appeal) else None,
        "in_force": sanction.in_force(now),
    }
    if not form.is_valid():
        return render(request, "sanctions/detail.html", context, status=INVALID if form.is_bound else 200)
    try:
        limits.spend(limits.APPEALS, member=request.user, at=now)
        appeals.file(sanction=sanction, text=form.cleaned_data["text"], at=now)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "sanctions/detail.html", {**context, "form": form}), refusal)
    messages.success(request, _("Your appeal is with us. A second person decides and writes to you."))
    return SeeOther(sanction.get_absolute_url())


def _can_appeal(sanction: Sanction, appeal: Appeal | None) -> bool:
    return appeal is None and sanction.lifted_at is None
