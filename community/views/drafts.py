"""Drafts: saved by the open page, thrown away by a button."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from community import access, limits
from community.models import Draft, Member
from community.refusals import Refusal
from community.services import drafts
from community.views.people import MemberRequest, members_only
from community.views.posting import SeeOther, refused

#: The page on which a draft that belongs to a post is written; looking it up says whether the member may write there.
PAGES: dict[Draft.Kind, Callable[[Member, int], str]] = {
    Draft.Kind.THREAD_EDIT: lambda member, pk: access.own_thread_for(member, pk).get_absolute_url(),
    Draft.Kind.NEW_ANSWER: lambda member, pk: access.thread_for(member, pk).get_absolute_url(),
    Draft.Kind.ANSWER_EDIT: lambda member, pk: access.own_answer_for(member, pk).get_absolute_url(),
}


@require_POST
@members_only
def save(request: MemberRequest, kind: str, target: int) -> HttpResponse:
    """Keep what is being written; a conflict answers with the text that is stored."""
    place, _page = _place(request.user, kind, target)
    content = {name: request.POST[name] for name in drafts.FIELDS if name in request.POST}
    now = timezone.now()
    try:
        limits.spend(limits.DRAFTS, member=request.user, at=now)
        draft = drafts.save(member=request.user, place=place, content=content, base=_version(request), at=now)
    except Refusal as refusal:
        return refused(JsonResponse(_problem(refusal)), refusal)
    return JsonResponse(_told(draft))


@require_POST
@members_only
def discard(request: MemberRequest, kind: str, target: int) -> HttpResponse:
    """Throw the draft away and open its page anew."""
    place, page = _place(request.user, kind, target)
    limits.spend(limits.DRAFTS, member=request.user, at=timezone.now())
    drafts.discard(member=request.user, place=place, version=_version(request))
    return SeeOther(page)


def _place(member: Member, kind: str, target: int) -> tuple[drafts.Place, str]:
    """The place, and the page on which one writes there. Raises ``NotFound``."""
    if kind not in Draft.Kind.values or (kind == Draft.Kind.NEW_THREAD) != (target == 0):
        raise access.NotFound
    place = drafts.Place(Draft.Kind(kind), target)
    return place, PAGES[place.kind](member, target) if target else reverse("community:ask")


def _version(request: MemberRequest) -> int:
    sent = request.POST.get("draft", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 18 else 0


def _told(draft: Draft | None) -> dict[str, object]:
    return {"version": draft.version, "content": draft.content} if draft else {"version": 0, "content": {}}


def _problem(refusal: Refusal) -> dict[str, object]:
    told: dict[str, object] = {"code": refusal.code, "message": str(refusal.message)}
    if isinstance(refusal, drafts.Conflict):
        told["stored"] = _told(refusal.stored) if refusal.stored else None
    return told
