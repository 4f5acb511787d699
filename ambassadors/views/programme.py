"""One's own place in the programme: what was signed, pause and farewell, what one knows, and the tier."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ambassadors.access import programme as doors
from ambassadors.forms.programme import CompetenceForm, ReasonForm, SignForm
from ambassadors.models import Ambassador
from ambassadors.queries import moves, programme, training
from ambassadors.services import competence as knowing
from ambassadors.services import programme as services
from community import limits
from community.queries import products
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused

State = Ambassador.State


@require_safe
@never_cache
@members_only
def agreements(request: MemberRequest) -> HttpResponse:
    """Every text, what of it was signed, and the ways out."""
    return _agreements(request)


@require_POST
@members_only
def sign(request: MemberRequest, pk: int) -> HttpResponse:
    """Agree to one version of one text."""
    ambassador, version, now = doors.helper(request.user), doors.version(pk), timezone.now()
    if not SignForm(request.POST).is_valid():
        messages.warning(request, _("Tick the box to say that you agree."))
        return SeeOther(f"{reverse('ambassadors:agreements')}#a{version.agreement_id}")
    limits.spend(limits.PROGRAMME, member=request.user, at=now)
    services.sign(member=request.user, version=version, language=get_language() or "de", at=now)
    ambassador.refresh_from_db()
    done = ambassador.state == State.ACTIVE
    messages.success(request, _("Signed. Your desk is open.") if done else _("Signed. A copy stays here."))
    return SeeOther(f"{reverse('ambassadors:agreements')}#a{version.agreement_id}")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Say what it means, then take back what was agreed to."""
    ambassador, version = doors.ambassador(request.user), doors.version(pk)
    if request.method != "POST":
        context = {"agreement": version.agreement, "ambassador": ambassador}
        return render(request, "ambassadors/programme/withdraw.html", context)
    now = timezone.now()
    limits.spend(limits.FAREWELLS, member=request.user, at=now)
    services.withdraw_agreement(ambassador=ambassador, agreement=version.agreement, at=now)
    messages.success(request, _("Taken back. The day and the hour are kept."))
    return SeeOther(reverse("ambassadors:agreements"))


@require_POST
@members_only
def step(request: MemberRequest, to: str) -> HttpResponse:
    """Pause, go on, or leave."""
    ambassador, now = doors.helper(request.user), timezone.now()
    if to == "resume":
        limits.spend(limits.PROGRAMME, member=request.user, at=now)
        services.resume(ambassador=ambassador, by=request.user, at=now)
        messages.success(request, _("Welcome back. Switch yourself on when you have time."))
        return SeeOther(reverse("ambassadors:agreements"))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _agreements(request, **{to: form}, status=INVALID)
    deed = services.pause if to == "pause" else services.leave
    try:
        limits.spend(limits.FAREWELLS, member=request.user, at=now)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(_agreements(request, **{to: form}, status=refusal.status), refusal)
    deed(ambassador=ambassador, by=request.user, at=now, reason=form.cleaned_data["reason"])
    told = {"pause": _("You are paused. Your tier waits for you."), "leave": _("Thank you for everything you did.")}
    messages.success(request, told[to])
    return SeeOther(reverse("ambassadors:agreements"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def competence(request: MemberRequest) -> HttpResponse:
    """Languages, topics and products, and how far the next tier is."""
    ambassador, now = doors.helper(request.user), timezone.now()
    responder = knowing.desk_of(ambassador)
    form = (
        CompetenceForm(
            posted(request), responder=responder, topics=products.topics(), products=knowing.advisable(responder)
        )
        if responder
        else None
    )
    context = {
        "ambassador": ambassador,
        "form": form,
        "responder": responder,
        "progress": programme.tier_progress(ambassador, now),
        "ladder": programme.ladder(now),
        "changes": programme.tier_history(ambassador),
    }
    page = "ambassadors/programme/competence.html"
    if form is None or responder is None or not form.is_bound:
        return render(request, page, context)
    if not form.is_valid():
        return render(request, page, context, status=INVALID)
    try:
        limits.spend(limits.PROGRAMME, member=request.user, at=now)
        said = form.cleaned_data
        knowing.store(
            responder=responder,
            languages=said["languages"],
            topics=said["topics"],
            products=said["products"],
            at=now,
        )
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, page, context), refusal)
    messages.success(request, _("Saved."))
    return SeeOther(reverse("ambassadors:competence"))


def _agreements(
    request: MemberRequest, *, pause: ReasonForm | None = None, leave: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    ambassador = doors.ambassador(request.user)
    texts = programme.texts_of(request.user)
    context = {
        "ambassador": ambassador,
        "texts": texts,
        "signed": sum(text.given is not None for text in texts),
        "history": programme.history_of(request.user),
        "moves": moves.history(ambassador),
        "missing": training.missing(request.user),
        "pause": pause or ReasonForm(auto_id="pause_%s"),
        "leave": leave or ReasonForm(auto_id="leave_%s"),
        "owed": not programme.owes_nothing(request.user),
        "may_sign": ambassador.state != State.ALUMNI,
    }
    return render(request, "ambassadors/programme/agreements.html", context, status=status)
