"""The door of an event: tickets are scanned or typed, and everybody is let in once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ambassadors.access import events as doors
from ambassadors.forms.events import FrameForm, TicketForm
from ambassadors.models import BrandEvent, Registration
from ambassadors.queries import events as queries
from ambassadors.services import registrations, scans
from community import limits
from community.access import NotFound
from community.keyset import paginate
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, posted, refused

GUESTS = 100


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def show(request: MemberRequest, slug: str) -> HttpResponse:
    """Let somebody in by their ticket; opened by a scanned picture, it asks once more."""
    event = doors.guarded_event_for(request.user, slug)
    form = TicketForm(posted(request), initial={"code": request.GET.get("code", "")})
    if form.is_valid():
        return _let_in(request, event, form)
    context: dict[str, object] = {}
    if request.GET.get("code"):
        shown = TicketForm(request.GET)
        code = shown.cleaned_data["code"] if shown.is_valid() else ""
        try:
            context["ticket"] = doors.ticket_for(request.user, event, code)
        except NotFound:
            context["wrong"] = _unknown()
    return _page(request, event, form, status=INVALID if form.is_bound else 200, **context)


@require_POST
@members_only
def read(request: MemberRequest, slug: str) -> HttpResponse:
    """Say what code the camera sees; that alone lets nobody in."""
    doors.guarded_event_for(request.user, slug)
    limits.spend(limits.FRAMES, member=request.user, at=timezone.now())
    form = FrameForm(request.POST, request.FILES)
    if not form.is_valid():
        return HttpResponse(status=INVALID)
    return JsonResponse({"code": scans.code_in(frame=form.cleaned_data["frame"])})


@require_POST
@members_only
def guest(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Let somebody in by the list, or take that back."""
    event, now = doors.guarded_event_for(request.user, slug), timezone.now()
    found = doors.guest_for(request.user, event, pk)
    limits.spend(limits.CHECK_INS, member=request.user, at=now)
    if "undo" in request.POST:
        registrations.undo_check_in(registration=found, by=request.user, at=now)
        messages.success(request, _("%(name)s is not checked in any more.") % {"name": found.member.display_name})
    else:
        registrations.check_in(registration=found, by=request.user, at=now)
        messages.success(request, _("%(name)s is in.") % {"name": found.member.display_name})
    return SeeOther(f"{_address(event)}#guests")


def _let_in(request: MemberRequest, event: BrandEvent, form: TicketForm) -> HttpResponse:
    now, ticket = timezone.now(), None
    try:
        limits.spend(limits.CHECK_INS, member=request.user, at=now)
        ticket = doors.ticket_for(request.user, event, form.cleaned_data["code"])
        registrations.check_in(registration=ticket, by=request.user, at=now)
    except NotFound:
        return _page(request, event, TicketForm(), status=INVALID, wrong=_unknown())
    except Refusal as refusal:
        page = _page(request, event, TicketForm(), wrong=refusal.message, refused_ticket=ticket)
        return refused(page, refusal)
    messages.success(request, _("%(name)s is in.") % {"name": ticket.member.display_name})
    return SeeOther(_address(event))


def _page(
    request: MemberRequest, event: BrandEvent, form: TicketForm, *, status: int = 200, **more: object
) -> HttpResponse:
    guests = queries.attendance(event)
    page = paginate(guests, order=queries.QUEUE, cursor=request.GET.get("cursor"), size=GUESTS)
    context = {
        "event": event,
        "form": form,
        "page": page,
        "inside": queries.inside(event),
        **more,
    }
    refused_ticket = more.get("refused_ticket")
    if isinstance(refused_ticket, Registration):
        context["earlier"] = queries.entrance(refused_ticket)
    return render(request, "ambassadors/events/check_in.html", context, status=status)


def _unknown() -> str:
    return _("This is no ticket of this event. Look at the code again, or find the name in the list.")


def _address(event: BrandEvent) -> str:
    return reverse("ambassadors:check_in", args=[event.slug])
