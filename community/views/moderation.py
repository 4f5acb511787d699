"""The queue of moderation: a fast page for moderators and managers, by hand and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from community import access, limits
from community.forms.safety import BulkForm, DecisionForm
from community.models import Case
from community.queries import moderation as queries
from community.refusals import Refusal
from community.services import cases, moderation
from community.views.people import MemberRequest, members_only
from community.views.posting import SeeOther


@require_safe
@members_only
def index(request: MemberRequest) -> HttpResponse:
    """What waits, the gravest first, and what was decided last."""
    if not access.moderates(request.user):
        raise access.NotFound
    page = queries.queue(request.user, at=timezone.now(), cursor=request.GET.get("cursor"))
    return render(request, "moderation/queue.html", {"page": page, "decided": queries.decided()})


@require_POST
@members_only
def claim(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep a case for oneself for ten minutes, or give it back."""
    case = access.case_for(request.user, pk)
    if "release" in request.POST:
        return _answer(request, case, lambda: cases.release(case=case, by=request.user))
    return _answer(request, case, lambda: cases.claim(case=case, by=request.user, at=timezone.now()))


@require_POST
@members_only
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove or keep the post of a case."""
    case = access.case_for(request.user, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That was too long, or nothing was chosen. Nothing was decided."))
        return SeeOther(_place(case))
    said = form.cleaned_data
    remove = said["outcome"] == Case.Outcome.REMOVED
    done = _("Removed. The author gets the reasons.") if remove else _("Kept. Everybody sees it.")
    return _answer(
        request,
        case,
        lambda: moderation.decide(
            case=case, by=request.user, remove=remove, facts=said["facts"], rule=said["rule"], at=timezone.now()
        ),
        done,
    )


@require_POST
@members_only
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Undo a decision."""
    case = access.case_for(request.user, pk)
    done = _("Undone. It waits in the queue again.")
    return _answer(request, case, lambda: moderation.reopen(case=case, by=request.user, at=timezone.now()), done)


@require_POST
@members_only
def bulk(request: MemberRequest) -> HttpResponse:
    """Decide several cases alike; what is refused is said and the rest goes on."""
    if not access.moderates(request.user):
        raise access.NotFound
    form = BulkForm(request.POST, ids=request.POST.getlist("case"))
    if not form.is_valid():
        messages.error(request, _("Choose some cases and what to do with them."))
        return SeeOther(reverse("community:moderation"))
    remove, at, count = form.cleaned_data["outcome"] == Case.Outcome.REMOVED, timezone.now(), 0
    for case in Case.objects.filter(pk__in=form.cleaned_data["case"]).order_by("pk"):
        try:
            limits.spend(limits.CASES, member=request.user, at=at)
            moderation.decide(case=case, by=request.user, remove=remove, at=at)
        except Refusal as refusal:
            messages.warning(request, str(refusal.message))
        else:
            count += 1
    if count:
        messages.success(request, ngettext("%(n)d case decided.", "%(n)d cases decided.", count) % {"n": count})
    return SeeOther(reverse("community:moderation"))


def _answer(request: MemberRequest, case: Case, deed: Callable[[], Any], done: str = "") -> HttpResponse:
    try:
        limits.spend(limits.CASES, member=request.user, at=timezone.now())
        deed()
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    else:
        if done:
            messages.success(request, done)
    return SeeOther(_place(case))


def _place(case: Case) -> str:
    return f"{reverse('community:moderation')}#case-{case.pk}"
