"""What a member does about a conversation: say yes or no to it, mute, leave, block, report, have it sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chat import access
from chat.forms.messages import MessageReportForm
from chat.models import Conversation, Participant
from chat.services import groups, participation, reports, requests, taking_back, transcripts
from community import limits
from community.refusals import Refusal
from community.services import blocks
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused


@require_POST
@members_only
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a stranger go on."""
    return _change(request, pk, lambda place, _at: requests.accept(participant=place))


@require_POST
@members_only
def decline(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a stranger's words out of the inbox."""
    _change(request, pk, lambda place, at: requests.decline(participant=place, at=at))
    messages.success(request, _("Declined. They are not told."))
    return SeeOther(reverse("chat:inbox"))


@require_POST
@members_only
def mute(request: MemberRequest, pk: int) -> HttpResponse:
    """No sound and no count for this conversation, or both again."""
    wanted = request.POST.get("muted") == "1"
    return _change(request, pk, lambda place, _at: participation.mute(participant=place, muted=wanted))


@require_POST
@members_only
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    """Go from a group."""
    _change(request, pk, lambda place, at: groups.leave(participant=place, at=at))
    return SeeOther(reverse("chat:inbox"))


@require_POST
@members_only
def block(request: MemberRequest, pk: int) -> HttpResponse:
    """Hear nothing more from the other one of two."""
    place, now = access.participant_for(request.user, pk), timezone.now()
    others = Participant.objects.select_related("member").filter(
        conversation=pk, conversation__kind=Conversation.Kind.DIRECT
    )
    limits.spend(limits.BLOCKS, member=request.user, at=now)
    for other in others.exclude(pk=place.pk):
        if other.member is not None:
            blocks.block(member=request.user, blocked=other.member, at=now)
    requests.decline(participant=place, at=now)
    messages.success(request, _("Blocked. Neither of you can write to the other; they are not told."))
    return SeeOther(reverse("chat:inbox"))


@require_POST
@members_only
def transcript(request: MemberRequest, pk: int) -> HttpResponse:
    """Have the conversation sent to one's own confirmed address."""
    place, now = access.participant_for(request.user, pk), timezone.now()
    try:
        limits.spend(limits.TRANSCRIPTS, member=request.user, at=now)
        transcripts.send(participant=place, at=now)
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("On its way to your e-mail address."))
    return SeeOther(reverse("chat:conversation", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def report(request: MemberRequest, pk: int, seq: int) -> HttpResponse:
    """Show a message to the team."""
    place, message = access.participant_for(request.user, pk), access.message_for(request.user, pk, seq)
    form = MessageReportForm(posted(request))
    context = {"form": form, "message": message, "back": _page_of(place)}
    if not form.is_valid():
        return render(request, "chat/report.html", context, status=INVALID if form.is_bound else 200)
    now = timezone.now()
    try:
        limits.spend(limits.FLAGS, member=request.user, at=now)
        reports.report(participant=place, message=message, at=now, **form.cleaned_data)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "chat/report.html", context), refusal)
    messages.success(request, _("Thank you. We look at it."))
    return SeeOther(_page_of(place))


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def delete(request: MemberRequest, pk: int, seq: int) -> HttpResponse:
    """Take back what one said oneself; asked once more, here or in a dialog of the page."""
    place, message = access.participant_for(request.user, pk), access.own_message_for(request.user, pk, seq)
    back = _page_of(place)
    page = {"message": message, "back": back}
    if request.method != "POST":
        return render(request, "chat/delete.html", page)
    by_script = request.accepts("application/json") and not request.accepts("text/html")
    try:
        limits.spend(limits.BLOCKS, member=request.user, at=timezone.now())
        taking_back.take_back(message=message, at=timezone.now())
    except Refusal as refusal:
        told = {"code": refusal.code, "message": str(refusal.message)}
        answer = render(request, "chat/delete.html", {**page, "refused": refusal.message})
        return refused(JsonResponse(told) if by_script else answer, refusal)
    return HttpResponse(status=204) if by_script else SeeOther(back)


def _page_of(place: Participant) -> str:
    """Where the person has the conversation before them: who helps has it on the desk."""
    is_helper = place.part == Participant.Part.HELPER
    return reverse("chat:desk_talk" if is_helper else "chat:conversation", args=[place.conversation_id])


def _change(request: MemberRequest, pk: int, deed: Callable[[Participant, datetime], None]) -> HttpResponse:
    place, now = access.participant_for(request.user, pk), timezone.now()
    limits.spend(limits.BLOCKS, member=request.user, at=now)
    deed(place, now)
    return SeeOther(reverse("chat:conversation", args=[pk]))
