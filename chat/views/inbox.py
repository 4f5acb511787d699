"""The inbox: the list, one conversation beside it, and saying something without a script."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chat import access
from chat.forms.messages import MessageForm
from chat.models import Conversation, Participant
from chat.queries import finding, inbox, log
from chat.services import conversations
from chat.views import lines, saying
from chat.views.lines import READING
from community import access as community_access
from community import limits, words
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused

SHOWN: tuple[inbox.Show, ...] = ("all", "unread", "requests")


@require_safe
@never_cache
@members_only
def index(request: MemberRequest) -> HttpResponse:
    """All conversations, or what was found in them."""
    return render(request, "chat/inbox.html", listed(request))


@require_safe
@never_cache
@members_only
def listing(request: MemberRequest) -> HttpResponse:
    """The list alone, for a page that follows it."""
    return render(request, "chat/list.html", listed(request, current=words.number(request.GET.get("open"))))


@require_safe
@never_cache
@members_only
def unread(request: MemberRequest) -> JsonResponse:
    """How many conversations wait for the member."""
    return JsonResponse(inbox.counts(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """One conversation; a form says something in it."""
    participant = access.participant_for(request.user, pk)
    form = MessageForm(posted(request), request.FILES or None)
    if not form.is_valid():
        response = _page(request, participant, MessageForm() if not form.is_bound else form)
        response.status_code = INVALID if form.is_bound else 200
        return response
    try:
        saying.say(request, participant, form, limit=limits.MESSAGES)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(_page(request, participant, form), refusal)
    return SeeOther(f"{reverse('chat:conversation', args=[pk])}#end")


@require_POST
@members_only
def begin(request: MemberRequest) -> HttpResponse:
    """Write to a member: to the one conversation with them."""
    to, now = community_access.member_for(request.user, request.POST.get("to", "")), timezone.now()
    limits.spend(limits.CONVERSATIONS, member=request.user, at=now)
    made = conversations.with_member(by=request.user, to=to, at=now)
    return SeeOther(reverse("chat:conversation", args=[made.pk]))


def listed(request: MemberRequest, *, current: int | None = None) -> dict[str, Any]:
    """What the list shows."""
    asked, text = request.GET.get("show", "all"), request.GET.get("q", "")[:200].strip()
    show = asked if asked in SHOWN else "all"
    found: dict[str, Any] = {"found": None, "page": None}
    if text:
        limits.spend(limits.SEARCHES, member=request.user, at=timezone.now())
        found["found"] = finding.find(request.user, text)
    else:
        found["page"] = inbox.page(request.user, show=show, cursor=request.GET.get("cursor"))
    return {**found, "q": text, "show": show, "counts": inbox.counts(request.user), "current": current}


def _page(request: MemberRequest, participant: Participant, form: MessageForm) -> HttpResponse:
    conversation, read = participant.conversation, participant.read_seq
    inbox.present(conversation, request.user)
    until = words.number(request.GET.get("before"))
    rows = log.before(participant, until)
    talk = lines.talk(participant, rows, read if until is None else conversation.last_seq)
    asked = conversation.requested_by_id not in (None, request.user.pk)
    # A stranger does not learn that their words were read before there is a yes.
    if request.method in READING and until is None and rows and not asked:
        conversations.read(participant=participant, seq=rows[-1].seq)
    context = {
        **listed(request, current=conversation.pk),
        "conversation": conversation,
        "participant": participant,
        "talk": talk,
        "earlier": rows[0].seq if rows and rows[0].seq > participant.from_seq else None,
        "is_past": until is not None,
        "form": form,
        "asked": asked,
        "waits": conversation.requested_by_id == request.user.pk and conversation.last_seq > 0,
        "is_open": conversation.state != Conversation.State.CLOSED,
    }
    return render(request, "chat/conversation.html", context)
