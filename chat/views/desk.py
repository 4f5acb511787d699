"""The desk: what is offered, whom one helps, and one conversation with everything around it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from chat import access, hours
from chat.forms.desk import CardForm, HandOverForm, NoteForm
from chat.forms.messages import MessageForm
from chat.models import Conversation, HelpRequest, Responder
from chat.queries import context, desk, log, notes, reasons, replies, responders, suggestions
from chat.services import availability, conversations
from chat.views import lines
from chat.views.lines import READING
from community import access as community_access
from community import limits, words
from community.hours import zone
from community.views.people import MemberRequest, members_only

TABS = ("mine", "waiting", "done")


@require_safe
@never_cache
@members_only
def overview(request: MemberRequest) -> HttpResponse:
    """What waits for this helper; whoever has the role and no desk yet is told so."""
    try:
        responder = _present(request)
    except community_access.NotFound:
        if community_access.roles_of(request.user).isdisjoint(responders.MAY_HELP):
            raise
        return render(request, "desk/none.html")
    return render(request, "desk/page.html", _list(request, responder))


@require_POST
@members_only
def here(request: MemberRequest) -> HttpResponse:
    """The open desk says that it is there, and gets its list anew."""
    responder = _present(request)
    current = words.number(request.POST.get("shown")) or 0
    return render(request, "desk/list.html", _list(request, responder, current=current))


@require_safe
@never_cache
@members_only
def talk(request: MemberRequest, pk: int) -> HttpResponse:
    """One conversation, helped with now or before."""
    responder, asked = _present(request), access.advised_by(request.user, pk)
    return page(request, responder, asked)


@require_safe
@never_cache
@members_only
def suggested(request: MemberRequest, pk: int) -> HttpResponse:
    """What the community knows about the last question; searched for apart, so that the page does not wait."""
    asked = access.helped_by(request.user, pk)
    limits.spend(limits.SEARCHES, member=request.user, at=timezone.now())
    found = suggestions.suggest(desk.question(asked), product=asked.product)
    return render(request, "desk/suggestions.html", {"suggestions": found})


def page(
    request: HttpRequest, responder: Responder, asked: HelpRequest, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The conversation's page; ``forms`` that were refused stand in it with their reasons."""
    talk = _talk(responder, asked, reading=request.method in READING)
    shown = _list(request, responder, current=asked.conversation_id) | talk | forms
    return render(request, "desk/talk.html", shown, status=status)


def _present(request: MemberRequest) -> Responder:
    """The person's desk, which is open as long as they look at it."""
    responder, now = access.responder_for(request.user), timezone.now()
    limits.spend(limits.READS, member=request.user, at=now)
    availability.seen(responder=responder, at=now)
    return responder


def _list(request: HttpRequest, responder: Responder, current: int = 0) -> dict[str, Any]:
    now = timezone.now()
    tab = request.GET.get("show") or request.POST.get("show") or ""
    tab = tab if tab in TABS else "mine"
    untaken = list(desk.untaken(responder)[: desk.MOST])
    shown: dict[str, Any] = {
        "responder": responder,
        "tab": tab,
        "offers": desk.offers(responder, now),
        "talks": desk.talks(responder),
        "untaken": untaken,
        "current": current,
        "now": now,
        "average": responders.average(responder),
        "until": hours.until(responder.schedule, now.astimezone(zone(responder.member.timezone))),
        "in_times": hours.is_open(responder.schedule, now.astimezone(zone(responder.member.timezone))),
    }
    if tab == "done":
        shown["page"] = desk.done(responder, cursor=request.GET.get("cursor"))
    return shown


def _talk(responder: Responder, asked: HelpRequest, *, reading: bool) -> dict[str, Any]:
    place = access.participant_for(responder.member, asked.conversation_id)
    is_open = asked.conversation.state == Conversation.State.ACTIVE
    rows, read = log.before(place), place.read_seq
    if reading and rows:
        conversations.read(participant=place, seq=rows[-1].seq)
    shown: dict[str, Any] = {
        "asked": asked,
        "is_open": is_open,
        "talk": lines.talk(place, rows, read),
        "name": context.name(asked),
    }
    if not is_open:
        return shown
    return shown | {
        # What helps is for as long as somebody helps; afterwards there is nothing left to know.
        "known": context.for_responder(asked, responder),
        "reasons": reasons.why(asked, responder),
        "replies": replies.offered(asked, responder),
        "words": MessageForm(),
        "card": CardForm(),
        "note": NoteForm(initial={"text": notes.of(asked, responder)}),
        "hand_over": HandOverForm(),
    }
