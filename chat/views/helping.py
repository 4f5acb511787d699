"""What a helper does on the desk: take a conversation or not, say and show something, hand it on, end it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages as told
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chat import access
from chat.forms.desk import CardForm, HandOverForm, NoteForm
from chat.forms.messages import MessageForm
from chat.models import HelpRequest
from chat.queries import cards
from chat.services import availability, handover, messages, notes, offers
from chat.services import help as helping
from chat.views import desk, saying
from community import limits
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only, way_back
from community.views.posting import INVALID, SeeOther, explain, refused


@require_POST
@members_only
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Take what is offered."""
    offer, now = access.offer_for(request.user, pk), timezone.now()
    return _took(request, now, lambda: offers.accept(offer=offer, at=now))


@require_POST
@members_only
def decline(request: MemberRequest, pk: int) -> HttpResponse:
    """Leave it to somebody else."""
    offer, now = access.offer_for(request.user, pk), timezone.now()
    limits.spend(limits.HELPING, member=request.user, at=now)
    try:
        offers.decline(offer=offer, at=now)
    except Refusal as refusal:
        told.warning(request, str(refusal.message))
    return SeeOther(reverse("chat:desk"))


@require_POST
@members_only
def take(request: MemberRequest, pk: int) -> HttpResponse:
    """Help somebody who waits, or answer what was left."""
    asked, now = access.untaken_for(request.user, pk), timezone.now()
    responder = access.responder_for(request.user)
    return _took(request, now, lambda: offers.take(asked=asked, responder=responder, at=now))


@require_POST
@members_only
def say(request: MemberRequest, pk: int) -> HttpResponse:
    """Say something or send a file, where no script does it."""
    asked, form = access.helped_by(request.user, pk), MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        raise BadRequest("A message has a client_id.")
    try:
        saying.say(request, access.participant_for(request.user, pk), form, limit=limits.HELPING)
    except Refusal as refusal:
        explain(form, refusal)
        responder = access.responder_for(request.user)
        return refused(desk.page(request, responder, asked, words=form), refusal)
    return _back(pk)


@require_POST
@members_only
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a product; the visitor's page may put it into the cart."""
    asked, now, form = access.helped_by(request.user, pk), timezone.now(), CardForm(request.POST)
    if not form.is_valid():
        raise BadRequest("There is no such product.")
    limits.spend(limits.HELPING, member=request.user, at=now)
    card = cards.card(form.cleaned_data["product"], asked.language)
    place = access.participant_for(request.user, pk)
    messages.show(participant=place, client_id=form.cleaned_data["client_id"], card=card, at=now)
    return _back(pk)


@require_POST
@members_only
def hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    """Let somebody else go on."""
    asked, now, form = access.helped_by(request.user, pk), timezone.now(), HandOverForm(request.POST)
    responder = access.responder_for(request.user)
    if not form.is_valid():
        return desk.page(request, responder, asked, hand_over=form, status=INVALID)
    to, summary = form.cleaned_data["to"], form.cleaned_data["summary"]
    try:
        limits.spend(limits.HELPING, member=request.user, at=now)
        handover.to(asked=asked, by=responder, target=to, summary=summary, at=now)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(desk.page(request, responder, asked, hand_over=form), refusal)
    told.success(request, _("Handed over. Whoever goes on reads everything that was said."))
    return SeeOther(reverse("chat:desk"))


@require_POST
@members_only
def note(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep what the helper notes about somebody: while they type, or by a press where no script does it."""
    asked, now, form = access.helped_by(request.user, pk), timezone.now(), NoteForm(request.POST)
    responder = access.responder_for(request.user)
    limits.spend(limits.HELPING, member=request.user, at=now)
    if form.is_valid():
        notes.keep(asked=asked, by=responder, text=form.cleaned_data["text"], at=now)
    if request.headers.get("HX-Request"):
        told = {"note": form, "noted": form.is_valid()}
        return render(request, "desk/noted.html", told, status=200 if form.is_valid() else INVALID)
    return _back(pk) if form.is_valid() else desk.page(request, responder, asked, note=form, status=INVALID)


@require_POST
@members_only
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """End the conversation."""
    asked, now = access.advised_by(request.user, pk), timezone.now()
    limits.spend(limits.HELPING, member=request.user, at=now)
    helping.close(asked=asked, by=request.user, at=now)
    return SeeOther(reverse("chat:desk"))


@require_POST
@members_only
def switch(request: MemberRequest) -> HttpResponse:
    """Be there for others, or not; the switch stands on the desk and on the ambassador's own page."""
    responder, now = access.responder_for(request.user), timezone.now()
    limits.spend(limits.HELPING, member=request.user, at=now)
    availability.change(responder=responder, available=request.POST.get("available") == "on", at=now)
    return SeeOther(way_back(request, otherwise=reverse("chat:desk")))


def _took(request: MemberRequest, now: datetime, deed: Callable[[], HelpRequest]) -> HttpResponse:
    limits.spend(limits.HELPING, member=request.user, at=now)
    try:
        asked = deed()
    except Refusal as refusal:
        told.warning(request, str(refusal.message))
        return SeeOther(reverse("chat:desk"))
    return _back(asked.conversation_id)


def _back(conversation: int) -> HttpResponse:
    return SeeOther(reverse("chat:desk_talk", args=[conversation]))
