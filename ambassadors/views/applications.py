"""One's own application: how it stands, why, and what one may do about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambassadors import machines
from ambassadors.access import recruitment as doors
from ambassadors.forms.applications import WithdrawForm
from ambassadors.models import Application
from ambassadors.queries import applications as queries
from ambassadors.queries import moves
from ambassadors.services import applications as services
from ambassadors.services import pipeline
from community import limits
from community.services import notifications
from community.views.people import MemberRequest, members_only
from community.views.posting import SeeOther, posted

State = Application.State
#: What somebody who applies goes through, as the page shows it; an interview is not always needed.
WAY = (State.SUBMITTED, State.SCREENED, State.INTERVIEW, State.OFFERED, State.ONBOARDING, State.ACTIVE)


@require_safe
@never_cache
@members_only
def index(request: MemberRequest) -> HttpResponse:
    """Everything that one applied for."""
    page = queries.page_of(request.user, cursor=request.GET.get("cursor"))
    return render(request, "ambassadors/recruitment/applications.html", {"page": page})


@require_safe
@never_cache
@members_only
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """How one application stands, with each step and its reason, the score and what was answered."""
    application = doors.own_application_for(request.user, pk)
    if application.state == State.DRAFT:
        return SeeOther(f"{application.campaign.get_absolute_url()}#apply")
    notifications.mark_read(member=request.user, at=timezone.now(), subject=("application", application.pk))
    history = moves.history(application)
    context = {
        "application": application,
        "steps": _steps(application, {move.after for move in history}),
        "history": history,
        "said": queries.said(application, get_language() or ""),
        "may_withdraw": machines.APPLICATION.allows(application.state, State.WITHDRAWN),
    }
    return render(request, "ambassadors/recruitment/application.html", context)


@require_POST
@members_only
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the offer."""
    application, now = doors.own_application_for(request.user, pk), timezone.now()
    limits.spend(limits.APPLICATIONS, member=request.user, at=now)
    services.accept(application=application, at=now)
    messages.success(request, _("Wonderful. We get your contract and training ready and tell you."))
    return SeeOther(application.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once more, then withdraw."""
    application = doors.own_application_for(request.user, pk)
    form = WithdrawForm(posted(request))
    if not form.is_valid():
        context = {"application": application, "form": form}
        return render(request, "ambassadors/recruitment/withdraw.html", context, status=422 if form.is_bound else 200)
    now = timezone.now()
    limits.spend(limits.APPLICATION_WITHDRAWALS, member=request.user, at=now)
    pipeline.withdraw(application=application, at=now, reason=form.cleaned_data["reason"])
    messages.success(request, _("Your application is withdrawn."))
    return SeeOther(application.campaign.get_absolute_url())


def _steps(application: Application, seen: set[str]) -> list[dict[str, object]]:
    """The way with what lies behind, where it stands, and what is ahead; nothing of it where it ended early."""
    if application.state in {State.REJECTED, State.WITHDRAWN}:
        return []
    accepted, ended = application.state == State.ACCEPTED, application.state == State.ACTIVE
    now = WAY.index(State.OFFERED if accepted else State(application.state)) + accepted
    # Not everybody is interviewed.
    way = [
        (number, step) for number, step in enumerate(WAY) if step != State.INTERVIEW or number >= now or step in seen
    ]
    return [
        {"state": step, "done": number < now or ended, "current": number == now and not ended} for number, step in way
    ]
