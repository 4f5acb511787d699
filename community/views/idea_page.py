"""The page of one idea: text, configuration, votes, what the brand decided, comments."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community import access
from community.access import ideas as doors
from community.forms.ideas import IdeaCommentForm, MergeForm
from community.models import Contest, Idea, Member
from community.queries import contests as contest_queries
from community.queries import ideas as queries
from community.queries import moderation
from community.queries import notifications as waiting
from community.services import notifications
from community.views.people import person_of


@require_safe
def show(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """The page at its one address; every other leads there for good, as does that of a merged idea."""
    idea = doors.idea_for(person_of(request), pk)
    if idea.merged_into is not None:
        return redirect(idea.merged_into, permanent=True)
    if slug != idea.slug:
        return redirect(idea, permanent=True)
    _mark_read(request, idea)
    return page(request, idea)


def _mark_read(request: HttpRequest, idea: Idea) -> None:
    """What was told about this idea is read with its page, unless a browser only fetches ahead."""
    if isinstance(request.user, Member) and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        for subject in waiting.wait_about(request.user, idea.pk):
            notifications.mark_read(member=request.user, at=timezone.now(), subject=subject)


def page(
    request: HttpRequest,
    idea: Idea,
    *,
    form: forms.Form | None = None,
    merge_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page; the forms are those that could not be posted, with their text."""
    person, now = person_of(request), timezone.now()
    moderator = access.moderates(person)
    viewer = person if isinstance(person, Member) else None
    dress([idea], viewer)
    remarks = queries.comments(idea, cursor=request.GET.get("cursor"))
    for comment in remarks:
        vars(comment)["can_delete"] = doors.may_change(person, comment, moderator=moderator)
    own = doors.may_change(person, idea, moderator=moderator)
    moderation.judge("idea", [idea])
    context: dict[str, Any] = {
        "idea": idea,
        "configuration": getattr(idea, "configuration", None),
        "placing": getattr(idea, "placing", None),
        "comments": remarks,
        "history": queries.history(idea),
        "remixes": queries.remixes(idea),
        "similar": [] if viewer is None else _others(request, idea),
        "form": form or IdeaCommentForm(),
        "merge_form": merge_form or MergeForm(),
        "remark_key": str(uuid4()),
        "can_edit": own and not idea.deleted_at and (idea.contest is None or idea.contest.takes_ideas(now)),
        "can_delete": own,
        "can_merge": moderator and not idea.deleted_at,
        "can_remix": hasattr(idea, "configuration") and idea.contest is not None and idea.contest.takes_ideas(now),
        "votes_open": votes_open(idea.contest),
        "votes_left": left(idea.contest, viewer),
    }
    return render(request, "ideas/detail.html", context, status=status)


def dress(ideas: list[Idea], viewer: Member | None) -> None:
    """Attach to ideas what their templates show: the viewer's votes, and how many others are in them."""
    voted, merged = queries.voted(viewer, ideas), queries.merged_counts(ideas)
    for idea in ideas:
        vars(idea).update(voted=idea.pk in voted, merged_n=merged.get(idea.pk, 0))


def votes_open(contest: Contest | None) -> bool:
    """Whether the votes of an idea of ``contest``, or of the board, may change now."""
    return contest is None or (contest.closed_at is None and contest.takes_votes(timezone.now()))


def left(contest: Contest | None, viewer: Member | None) -> int | None:
    """How many votes the viewer has left where they are counted."""
    if contest is None or viewer is None or not contest.takes_votes(timezone.now()):
        return None
    return contest_queries.votes_left(contest, viewer)


def _others(request: HttpRequest, idea: Idea) -> list[Idea]:
    found = queries.similar(doors.ideas_for(person_of(request)), idea.title)
    return [other for other in found if other.pk != idea.pk][:3]
