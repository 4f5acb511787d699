"""What is held of one's own points, why, and the appeal against it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community import limits
from community.forms.safety import AppealForm
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused
from gamification import access
from gamification.models import Hold
from gamification.queries import suspicions
from gamification.services import hold_appeals, hold_notices
from gamification.words import credits_name, reputation_name


@require_safe
@never_cache
@members_only
def index(request: MemberRequest) -> HttpResponse:
    """Every hold on the member's points."""
    return render(request, "gamification/holds.html", {"holds": suspicions.holds_of(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """One hold, deed by deed, with the form to appeal as long as it is possible."""
    hold = access.hold_for(request.user, pk)
    now = timezone.now()
    form = AppealForm(posted(request))
    context = {**_told(hold), "form": form if hold_appeals.can_appeal(hold, now) else None}
    if not form.is_valid():
        return render(request, "gamification/hold.html", context, status=INVALID if form.is_bound else 200)
    try:
        limits.spend(limits.APPEALS, member=request.user, at=now)
        hold_appeals.file(hold=hold, text=form.cleaned_data["text"], at=now)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "gamification/hold.html", {**context, "form": form}), refusal)
    messages.success(request, _("Your appeal is with us. Somebody who has not decided yet looks at it."))
    return SeeOther(hold.get_absolute_url())


def _told(hold: Hold) -> dict[str, Any]:
    return {
        "hold": hold,
        "case": hold.case,
        "facts": hold.case.evidence.get("facts", {}),
        "deeds": suspicions.deeds_of(hold),
        "all_listed": hold.entries.count() <= suspicions.LISTED,
        "held": hold_notices.amounts(hold),
        "reputation_name": reputation_name(),
        "credits_name": credits_name(),
    }
