"""Contests: their list, the page of one, and the sheet of its jury."""

from __future__ import annotations

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community import limits
from community.access import ideas as doors
from community.forms.ideas import JuryForm
from community.models import Configuration, Contest, Idea, Member
from community.queries import contests as queries
from community.queries import ideas as idea_queries
from community.queries.toolkits import toolkit_of
from community.refusals import Refusal
from community.services import contests
from community.stages import Stage
from community.views import idea_page
from community.views.people import MemberRequest, members_only, person_of
from community.views.posting import INVALID, SeeOther, explain, posted, refused


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every contest, the latest first."""
    found = queries.page(doors.contests_for(person_of(request)), cursor=request.GET.get("cursor"))
    return render(request, "ideas/contests.html", {"page": found, "now": timezone.now()})


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One contest: what is asked, where it stands, its ideas, and in the end its result."""
    person, now = person_of(request), timezone.now()
    contest = doors.contest_for(person, slug)
    viewer = person if isinstance(person, Member) else None
    mine = viewer is not None and request.GET.get("mine") == "1"
    sort = request.GET.get("sort", "")
    default = "new" if contest.hides_votes else "top"
    shown = idea_queries.page(
        doors.ideas_for(person),
        contest=contest,
        author=viewer if mine else None,
        sort=sort if sort in idea_queries.ORDERS else default,
        cursor=request.GET.get("cursor"),
    )
    idea_page.dress(list(shown), viewer)
    stage = contest.stage(now)
    context = {
        "contest": contest,
        "now": now,
        "stage": stage,
        "steps": _steps(contest, stage),
        "page": shown,
        "mine": mine,
        "sort": "new" if contest.hides_votes else sort or default,
        "toolkit": toolkit_of(contest),
        "takes_ideas": contest.takes_ideas(now),
        "votes_open": idea_page.votes_open(contest),
        "votes_left": idea_page.left(contest, viewer),
        "result": queries.result(contest) if contest.closed_at else [],
        "jury": list(contest.jury.select_related("standing").order_by("display_name", "pk")),
        "judges": stage == Stage.JURY and doors.seat_of(person, contest),
    }
    return render(request, "ideas/contest.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def jury(request: MemberRequest, slug: str) -> HttpResponse:
    """The sheet on which a member of the jury gives points."""
    contest = doors.judged_contest_for(request.user, slug)
    page = queries.sheet(contest, request.user, cursor=request.GET.get("cursor"))
    found = list(page)
    form = JuryForm(posted(request), ideas=found, given=queries.points_of(request.user, found))
    now = timezone.now()
    context = {"contest": contest, "page": page, "rows": _rows(form, found)}
    context |= {"form": form, "is_open": contest.stage(now) == Stage.JURY and contest.closed_at is None}
    if not form.is_valid():
        return render(request, "ideas/jury.html", context, status=INVALID if form.is_bound else 200)
    try:
        limits.spend(limits.EDITS, member=request.user, at=now)
        points = form.points()
        for idea in found:
            contests.score(idea=idea, juror=request.user, points=points[idea.pk], at=now)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "ideas/jury.html", context), refusal)
    messages.success(request, _("Your points are stored. You can change them until the jury's time ends."))
    return SeeOther(request.get_full_path())


def _rows(form: JuryForm, ideas: list[Idea]) -> list[tuple[Idea, Configuration | None, BoundField]]:
    """Each idea of the sheet with what was composed, if anything, and the field for its points."""
    return [(idea, getattr(idea, "configuration", None), form[f"idea-{idea.pk}"]) for idea in ideas]


def _steps(contest: Contest, stage: Stage) -> list[dict[str, object]]:
    """The stages in the order of time, each with its state and the moment that it ends."""
    order = [Stage.SUBMIT, Stage.VOTE, *([Stage.JURY] if contest.jury_from else []), Stage.ENDED]
    ends = {
        Stage.SUBMIT: contest.vote_from,
        Stage.VOTE: contest.timetable.voting_ends,
        Stage.JURY: contest.ends_at,
        Stage.ENDED: contest.ends_at,
    }
    now = order.index(stage) if stage in order else -1
    return [
        {
            "stage": step.value,
            "until": ends[step],
            "done": number < now or contest.closed_at is not None,
            "current": number == now and contest.closed_at is None,
        }
        for number, step in enumerate(order)
    ]
