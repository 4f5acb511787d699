"""Proposing an idea: on the board or in a contest, from scratch, composed from a toolkit, or as a remix."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from community import access, composing, limits
from community.access import ideas as doors
from community.forms.ideas import NewIdeaForm, ToolkitForm, picks_in
from community.models import Contest, Idea
from community.queries.toolkits import toolkit_of
from community.refusals import Refusal
from community.services import ideas, toolkits
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, once, refused


@dataclass(slots=True)
class Proposal:
    """The page on its way from the address to the answer."""

    contest: Contest | None
    remix_of: Idea | None
    form: NewIdeaForm
    kit_form: ToolkitForm | None
    composed: composing.Composed | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def propose(request: MemberRequest) -> HttpResponse:
    """Propose an idea; the address names a contest and an idea that is remixed."""
    proposal = _proposal(request)
    if request.method != "POST" or request.POST.get("check"):
        if proposal.kit_form and request.POST.get("check"):
            proposal.form.errors.clear()
            _reckon(proposal, complain=True)
        return _page(request, proposal)
    _reckon(proposal, complain=True)
    if not proposal.form.is_valid() or (proposal.composed and proposal.composed.complaints):
        return _page(request, proposal, status=INVALID)
    try:
        return SeeOther(once(request, lambda: _create(request, proposal)))
    except Refusal as refusal:
        explain(proposal.form, refusal)
        return refused(_page(request, proposal), refusal)


@require_safe
@members_only
def compose(request: MemberRequest, slug: str) -> HttpResponse:
    """What the choices so far come to: price, summary and complaints, worked out by the server."""
    contest = doors.contest_for(request.user, slug)
    toolkit = toolkit_of(contest)
    if toolkit is None:
        raise access.NotFound
    form = ToolkitForm(request.GET, toolkit=toolkit)
    composed = composing.compose(toolkits.kit(toolkit), picks_in(request.GET, toolkit))
    complaints = [form.words(complaint) for complaint in composed.complaints]
    return render(request, "ideas/composed.html", {"composed": composed, "toolkit": toolkit, "complaints": complaints})


def _proposal(request: MemberRequest) -> Proposal:
    slug, remix = request.GET.get("contest"), request.GET.get("remix", "")
    contest = doors.contest_for(request.user, slug) if slug else None
    remix_of = None
    if remix.isdecimal() and len(remix) < 19:
        contest = doors.present_idea_for(request.user, int(remix)).contest
        remix_of = doors.remixed_idea_for(request.user, int(remix), contest=contest)
    toolkit = toolkit_of(contest) if contest else None
    data = request.POST if request.method == "POST" else None
    known = {name: request.GET[name] for name in ("title", "product", "topic") if name in request.GET}
    picks = remix_of.configuration.choices if remix_of else None
    form = NewIdeaForm(data, initial=known)
    if toolkit is not None:
        form.fields["title"].label = _("What do you call it?")
        form.fields["body"].label = _("Who is it for, and when?")
    proposal = Proposal(
        contest,
        remix_of,
        form,
        ToolkitForm(data, toolkit=toolkit, picks=picks) if toolkit else None,
    )
    _reckon(proposal, complain=False)
    return proposal


def _reckon(proposal: Proposal, *, complain: bool) -> None:
    form = proposal.kit_form
    if form is None:
        return
    proposal.composed = composing.compose(toolkits.kit(form.toolkit), form.picks())
    if complain:
        form.explain(proposal.composed.complaints)


def _create(request: MemberRequest, proposal: Proposal) -> str:
    now, said = timezone.now(), proposal.form.cleaned_data
    limits.spend(limits.IDEAS, member=request.user, at=now)
    idea = ideas.create(
        author=request.user,
        title=said["title"],
        body=said["body"],
        product=said["product"],
        topic=said["topic"],
        contest=proposal.contest,
        remix_of=proposal.remix_of,
        choices=proposal.kit_form.picks() if proposal.kit_form else None,
        at=now,
    )
    return idea.get_absolute_url()


def _page(request: MemberRequest, proposal: Proposal, *, status: int = 200) -> HttpResponse:
    contest = proposal.contest
    context: dict[str, object] = {
        "form": proposal.form,
        "contest": contest,
        "is_open": contest is None or contest.takes_ideas(timezone.now()),
        "remix_of": proposal.remix_of,
        "kit_form": proposal.kit_form,
        "toolkit": proposal.kit_form.toolkit if proposal.kit_form else None,
        "composed": proposal.composed,
        "complaints": [],
        "address": request.get_full_path(),
    }
    return render(request, "ideas/new.html", context, status=status)
