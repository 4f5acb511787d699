"""The pages on which members learn about being an ambassador and apply."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ambassadors.access import recruitment as doors
from ambassadors.forms.applications import ApplicationForm
from ambassadors.models import Application, Campaign
from ambassadors.queries import applications, campaigns, crew, merits
from ambassadors.services import applications as services
from community import limits
from community.access import roles_of
from community.models import Member, Role
from community.refusals import Refusal
from community.views.people import MemberRequest, asked_in_passing, members_only, person_of
from community.views.posting import INVALID, SeeOther, explain, once, refused


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The campaign that is on, or a word about when there was one."""
    now = timezone.now()
    campaign = campaigns.featured(now)
    if campaign is None:
        return render(request, "ambassadors/recruitment/none.html", {"crew": crew.figures(now)})
    return _page(request, campaign)


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One campaign."""
    return _page(request, doors.campaign_for(person_of(request), slug))


@require_POST
@members_only
def apply(request: MemberRequest, slug: str) -> HttpResponse:
    """Send the application, or keep it for later."""
    campaign, member = doors.campaign_for(request.user, slug), request.user
    whole = request.POST.get("deed") != "save"
    form = ApplicationForm(request.POST, asked=campaigns.questions_of(campaign), whole=whole)
    if not form.is_valid():
        return _page(request, campaign, form=form, status=INVALID)
    now = timezone.now()

    def effect() -> str:
        limits.spend(limits.APPLICATIONS if whole else limits.DRAFTS, member=member, at=now)
        application = services.begin(campaign=campaign, member=member, at=now)
        deed = services.submit if whole else services.save
        deed(application=application, answers=form.answers, version=form.cleaned_data["version"], at=now)
        return application.get_absolute_url() if whole else f"{campaign.get_absolute_url()}#apply"

    try:
        address = once(request, effect) if whole else effect()
    except Refusal as refusal:
        if isinstance(refusal, services.Conflict):
            _rebase(request, form, campaign)
        explain(form, refusal)
        return refused(_page(request, campaign, form=form), refusal)
    said = _("Your application is on its way.") if whole else _("Saved. You can go on whenever you like.")
    messages.success(request, said)
    return SeeOther(address)


@require_POST
@asked_in_passing
@members_only
def keep(request: MemberRequest, slug: str) -> HttpResponse:
    """Keep the draft while somebody writes; answers with its new version and the moment."""
    campaign, member, now = doors.campaign_for(request.user, slug), request.user, timezone.now()
    form = ApplicationForm(request.POST, asked=campaigns.questions_of(campaign), whole=False)
    form.is_valid()
    context: dict[str, Any] = {"campaign": campaign, "now": now, "version": form.cleaned_data.get("version", 0)}
    try:
        limits.spend(limits.DRAFTS, member=member, at=now)
        draft = services.begin(campaign=campaign, member=member, at=now)
        services.save(application=draft, answers=form.answers, version=context["version"], at=now)
    except Refusal as refusal:
        context["refusal"] = refusal
        return refused(render(request, "ambassadors/recruitment/kept.html", context), refusal)
    return render(request, "ambassadors/recruitment/kept.html", context | {"version": draft.version})


def _page(
    request: HttpRequest, campaign: Campaign, *, form: ApplicationForm | None = None, status: int = 200
) -> HttpResponse:
    person, now = person_of(request), timezone.now()
    member = person if isinstance(person, Member) else None
    terms = merits.terms_for(campaign, member, now)
    application = applications.latest_of(member, campaign) if member else None
    draft = application if application and application.state == Application.State.DRAFT else None
    is_ambassador = Role.AMBASSADOR in roles_of(person)
    may_apply = not is_ambassador and _may_apply(application)
    if form is None and member and may_apply and campaign.takes_applications(now):
        form = ApplicationForm(asked=campaigns.questions_of(campaign), draft=draft)
    context = {
        "campaign": campaign,
        "brochure": campaigns.brochure(campaign),
        "crew": crew.figures(now),
        "terms": terms,
        "met": sum(term.is_met for term in terms),
        "application": application,
        "draft": draft,
        "form": form,
        "is_ambassador": is_ambassador,
        "is_open": campaign.takes_applications(now),
        "is_ahead": campaign.opens_at > now,
    }
    return render(request, "ambassadors/recruitment/campaign.html", context, status=status)


def _may_apply(application: Application | None) -> bool:
    """Whether there is something to write: no application yet, a draft, or one that came to an end before."""
    if application is None or application.state == Application.State.DRAFT:
        return True
    return application.state in {Application.State.REJECTED, Application.State.WITHDRAWN}


def _rebase(request: MemberRequest, form: ApplicationForm, campaign: Campaign) -> None:
    """Let the next attempt be written on top of what another tab saved."""
    stored = applications.open_of(request.user, campaign)
    if stored is not None:
        said = request.POST.copy()
        said["version"] = str(stored.version)
        form.data = said
