"""The history of a question or an answer: what changed, who changed it and why, and the way back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community import access, limits
from community.models import Answer, Thread
from community.queries import revisions as queries
from community.services import rollbacks
from community.views.people import MemberRequest, members_only, person_of
from community.views.posting import SeeOther


@require_safe
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of a question."""
    found = access.thread_for(person_of(request), pk)
    return _page(request, found, found)


@require_safe
def answer(request: HttpRequest, pk: int, answer_id: int) -> HttpResponse:
    """Every version of an answer."""
    found = access.answer_for(person_of(request), answer_id, thread_id=pk)
    return _page(request, found, found.thread)


@require_POST
@members_only
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a former version the text again."""
    revision, now = access.revision_for(request.user, pk), timezone.now()
    limits.spend(limits.EDITS, member=request.user, at=now)
    return SeeOther(rollbacks.restore(revision=revision, by=request.user, at=now).get_absolute_url())


def _page(request: HttpRequest, post: Thread | Answer, of: Thread) -> HttpResponse:
    page = queries.page(post, cursor=request.GET.get("cursor"))
    person = person_of(request)
    can = access.powers_over(post, person, moderator=access.moderates(person)).edit
    context = {"post": post, "thread": of, "page": page, "can_restore": can, "is_answer": isinstance(post, Answer)}
    return render(request, "history.html", context)
