"""Ideas: the board; propose, edit, delete and restore, vote, merge."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community import access, limits
from community.access import ideas as doors
from community.forms.ideas import IdeaForm, IdeaVoteForm, MergeForm
from community.models import Idea, Member
from community.queries import contests as contest_queries
from community.queries import ideas as queries
from community.queries import products
from community.refusals import Refusal
from community.services import idea_decisions, idea_votes, ideas, removals
from community.views import idea_page
from community.views.people import MemberRequest, asked_in_passing, members_only, person_of
from community.views.posting import INVALID, SeeOther, explain, posted, refused


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The open board, with the contest that runs."""
    person, now = person_of(request), timezone.now()
    viewer = person if isinstance(person, Member) else None
    rows, sort = doors.ideas_for(person), request.GET.get("sort", "")
    mine = viewer is not None and request.GET.get("mine") == "1"
    shown = queries.page(
        rows,
        status=request.GET.get("status", ""),
        product=request.GET.get("product", ""),
        author=viewer if mine else None,
        sort=sort if sort in queries.ORDERS else "top",
        cursor=request.GET.get("cursor"),
    )
    idea_page.dress(list(shown), viewer)
    visible_contests = doors.contests_for(person)
    running = contest_queries.running(visible_contests, at=now)
    filtered = any(request.GET.get(name) for name in ("status", "product", "mine", "cursor"))
    context = {
        "page": shown,
        "mine": mine,
        "contest": running[0] if running else None,
        "contest_left": idea_page.left(running[0], viewer) if running else None,
        "contests": [*running[1:], *contest_queries.ended(visible_contests)],
        "statuses": Idea.Status.choices,
        "products": products.active()[: products.CHOICES],
        "filtered": filtered,
        "shipped": queries.shipped(rows),
        "columns": [] if filtered else _columns(rows),
        "now": now,
    }
    return render(request, "ideas/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change an idea."""
    idea = doors.own_idea_for(request.user, pk)
    form = IdeaForm(posted(request), initial=_initial(idea))
    if not form.is_valid():
        status = INVALID if form.is_bound else 200
        return render(request, "ideas/edit.html", {"form": form, "idea": idea}, status=status)
    now = timezone.now()
    try:
        limits.spend(limits.EDITS, member=request.user, at=now)
        idea = ideas.edit(idea=idea, by=request.user, at=now, **form.cleaned_data)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "ideas/edit.html", {"form": form, "idea": idea}), refusal)
    return SeeOther(idea.get_absolute_url())


@require_POST
@members_only
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an idea away; who may do that still sees it and can restore it."""
    idea, now = doors.own_idea_for(request.user, pk), timezone.now()
    limits.spend(limits.EDITS, member=request.user, at=now)
    removals.remove(post=idea, by=request.user, at=now)
    return SeeOther(idea.get_absolute_url())


@require_POST
@members_only
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a deleted idea again."""
    idea, now = doors.own_idea_for(request.user, pk), timezone.now()
    limits.spend(limits.EDITS, member=request.user, at=now)
    removals.restore(post=idea, by=request.user, at=now)
    return SeeOther(idea.get_absolute_url())


@require_POST
@members_only
def vote(request: MemberRequest, pk: int) -> HttpResponse:
    """Vote for an idea, or take it back; by htmx only the button and the votes that are left come back."""
    idea = doors.present_idea_for(request.user, pk)
    form = IdeaVoteForm(request.POST)
    if not form.is_valid():
        raise BadRequest("A vote is 1 or 0.")
    value, now = form.cleaned_data["value"], timezone.now()
    limits.spend(limits.VOTES, member=request.user, at=now)
    deed = idea_votes.give if value else idea_votes.withdraw
    idea = deed(idea=idea, voter=request.user, at=now)
    if not request.headers.get("HX-Request"):
        return SeeOther(f"{_way_back(request, idea)}#idea-{idea.pk}")
    vars(idea)["voted"] = value == 1
    context = {"idea": idea, "votes_open": True, "votes_left": idea_page.left(idea.contest, request.user), "swap": True}
    return render(request, "ideas/voted.html", context)


@require_POST
@members_only
def merge(request: MemberRequest, pk: int) -> HttpResponse:
    """Make this idea one with another."""
    idea, now = doors.moderated_idea_for(request.user, pk), timezone.now()
    form = MergeForm(request.POST)
    if not form.is_valid():
        return idea_page.page(request, idea, merge_form=form, status=INVALID)
    try:
        limits.spend(limits.EDITS, member=request.user, at=now)
        into = doors.present_idea_for(request.user, form.cleaned_data["into"])
        into = idea_decisions.merge(idea=idea, into=into, by=request.user, at=now)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(idea_page.page(request, idea, merge_form=form), refusal)
    except access.NotFound:
        form.add_error("into", str(idea_decisions.NotMergeable.message))
        return idea_page.page(request, idea, merge_form=form, status=INVALID)
    return SeeOther(into.get_absolute_url())


@require_safe
@asked_in_passing
@members_only
def similar(request: MemberRequest) -> HttpResponse:
    """Ideas like the title that is being typed."""
    limits.spend(limits.IDEA_LOOKUPS, member=request.user, at=timezone.now())
    title = request.GET.get("title", "").replace("\0", "")[: Idea.TITLE_MAX]
    return render(request, "ideas/similar.html", {"similar": queries.similar(doors.ideas_for(request.user), title)})


def _columns(rows: Any) -> list[dict[str, Any]]:
    """The roadmap: each status with its best ideas and their number."""
    counts, best = queries.status_counts(rows), queries.roadmap(rows)
    return [
        {"status": status, "label": Idea.Status(status).label, "count": counts[status], "ideas": found}
        for status, found in best.items()
    ]


def _way_back(request: MemberRequest, idea: Idea) -> str:
    """Where the vote was given: the board, the contest or the idea."""
    match request.POST.get("from"):
        case "board":
            return reverse("community:ideas")
        case "contest" if idea.contest is not None:
            return idea.contest.get_absolute_url()
        case _:
            return idea.get_absolute_url()


def _initial(idea: Idea) -> dict[str, object]:
    return {name: getattr(idea, name) for name in ("title", "body", "product", "topic")}
