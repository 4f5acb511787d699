"""Comments: write, delete and restore."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from community import access, limits
from community.forms.comments import CommentForm
from community.models import Answer, Comment, Thread
from community.refusals import Refusal
from community.services import comments, removals
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, once, refused


@require_POST
@members_only
def create(request: MemberRequest, pk: int) -> HttpResponse:
    """Comment on the question, or on the answer that the form names; a page of its own keeps a text that failed."""
    thread = access.present_thread_for(request.user, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return render(request, "comments/new.html", {"form": form, "thread": thread}, status=INVALID)
    answer_id = form.cleaned_data["answer"]
    answer = access.answer_for(request.user, answer_id, thread_id=pk) if answer_id else None
    try:
        return SeeOther(once(request, lambda: _create(request, thread, answer, form)))
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "comments/new.html", {"form": form, "thread": thread}), refusal)


@require_POST
@members_only
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Hide a comment."""
    comment, now = access.own_comment_for(request.user, pk), timezone.now()
    limits.spend(limits.EDITS, member=request.user, at=now)
    removals.remove(post=comment, by=request.user, at=now)
    return SeeOther(_place(comment.thread, comment.answer))


@require_POST
@members_only
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a deleted comment again."""
    comment, now = access.own_comment_for(request.user, pk), timezone.now()
    limits.spend(limits.EDITS, member=request.user, at=now)
    removals.restore(post=comment, by=request.user, at=now)
    return SeeOther(_address(comment))


def _create(request: MemberRequest, thread: Thread, answer: Answer | None, form: CommentForm) -> str:
    now = timezone.now()
    limits.spend(limits.COMMENTS, member=request.user, at=now)
    body = form.cleaned_data["body"]
    return _address(comments.create(thread=thread, answer=answer, author=request.user, body=body, at=now))


def _address(comment: Comment) -> str:
    return comment.get_absolute_url()


def _place(thread: Thread, answer: Answer | None) -> str:
    return f"{thread.get_absolute_url()}#{f'answer-{answer.pk}' if answer else 'question'}"
