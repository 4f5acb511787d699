"""Comments under ideas: write, delete and restore."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from community import limits
from community.access import ideas as doors
from community.forms.ideas import IdeaCommentForm
from community.models import Idea
from community.refusals import Refusal
from community.services import idea_comments, removals
from community.views import idea_page
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, once, refused


@require_POST
@members_only
def create(request: MemberRequest, pk: int) -> HttpResponse:
    """Comment on an idea; a text that failed is kept."""
    idea = doors.present_idea_for(request.user, pk)
    form = IdeaCommentForm(request.POST)
    if not form.is_valid():
        return idea_page.page(request, idea, form=form, status=INVALID)
    try:
        return SeeOther(once(request, lambda: _create(request, idea, form)))
    except Refusal as refusal:
        explain(form, refusal)
        return refused(idea_page.page(request, idea, form=form), refusal)


@require_POST
@members_only
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a comment away."""
    comment, now = doors.own_idea_comment_for(request.user, pk), timezone.now()
    limits.spend(limits.EDITS, member=request.user, at=now)
    removals.remove(post=comment, by=request.user, at=now)
    return SeeOther(f"{comment.idea.get_absolute_url()}#comments")


@require_POST
@members_only
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a deleted comment again."""
    comment, now = doors.own_idea_comment_for(request.user, pk), timezone.now()
    limits.spend(limits.EDITS, member=request.user, at=now)
    removals.restore(post=comment, by=request.user, at=now)
    return SeeOther(f"{comment.idea.get_absolute_url()}#comment-{comment.pk}")


def _create(request: MemberRequest, idea: Idea, form: IdeaCommentForm) -> str:
    now = timezone.now()
    limits.spend(limits.COMMENTS, member=request.user, at=now)
    comment = idea_comments.create(idea=idea, author=request.user, body=form.cleaned_data["body"], at=now)
    return f"{idea.get_absolute_url()}#comment-{comment.pk}"
