"""Answers: write, edit, delete and restore, accept, find helpful."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from community import access, limits
from community.forms.answers import AnswerChangeForm, ReplyForm, VoteForm
from community.models import Answer, Draft, Thread
from community.refusals import Refusal
from community.services import answers, removals, votes
from community.services import official as brand
from community.views import composing, thread_page
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, changed, explain, once, posted, refused


@require_POST
@members_only
def create(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer a question."""
    thread = access.present_thread_for(request.user, pk)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return thread_page.page(request, thread, form=form, status=INVALID)
    try:
        return SeeOther(once(request, lambda: _create(request, thread, form)))
    except Refusal as refusal:
        explain(form, refusal)
        return refused(thread_page.page(request, thread, form=form), refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: MemberRequest, pk: int, answer_id: int) -> HttpResponse:
    """Change the text of an answer."""
    answer = access.own_answer_for(request.user, answer_id, thread_id=pk)
    left = composing.restored(request.user, Draft.Kind.ANSWER_EDIT, answer.pk)
    form = AnswerChangeForm(posted(request), initial={"body": answer.body, **left})
    if not form.is_valid():
        status = INVALID if form.is_bound else 200
        return render(request, "answers/edit.html", {"form": form, "answer": answer}, status=status)
    now = timezone.now()
    try:
        limits.spend(limits.EDITS, member=request.user, at=now)
        change, body = changed(form), form.cleaned_data["body"]
        answer = answers.edit(answer=answer, by=request.user, body=body, change=change, at=now)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, "answers/edit.html", {"form": form, "answer": answer}), refusal)
    return SeeOther(answer.get_absolute_url())


@require_POST
@members_only
def accept(request: MemberRequest, pk: int, answer_id: int) -> HttpResponse:
    """Say that this answer solved it."""
    answer, now = access.answer_for(request.user, answer_id, thread_id=pk), timezone.now()
    limits.spend(limits.VOTES, member=request.user, at=now)
    answers.accept(answer=answer, by=request.user, at=now)
    return SeeOther(f"{answer.thread.get_absolute_url()}#accepted")


@require_POST
@members_only
def unaccept(request: MemberRequest, pk: int, answer_id: int) -> HttpResponse:
    """Say that it was not solved after all."""
    answer, now = access.answer_for(request.user, answer_id, thread_id=pk), timezone.now()
    limits.spend(limits.VOTES, member=request.user, at=now)
    answers.unaccept(answer=answer, by=request.user, at=now)
    return SeeOther(answer.get_absolute_url())


@require_POST
@members_only
def official(request: MemberRequest, pk: int, answer_id: int) -> HttpResponse:
    """Say that this is the brand's answer."""
    answer, now = access.official_answer_for(request.user, answer_id, thread_id=pk), timezone.now()
    limits.spend(limits.VOTES, member=request.user, at=now)
    brand.choose(answer=answer, by=request.user, at=now)
    return SeeOther(f"{answer.thread.get_absolute_url()}#answer-{answer.pk}")


@require_POST
@members_only
def unofficial(request: MemberRequest, pk: int, answer_id: int) -> HttpResponse:
    """Say that this is the brand's answer no longer."""
    answer, now = access.official_answer_for(request.user, answer_id, thread_id=pk), timezone.now()
    limits.spend(limits.VOTES, member=request.user, at=now)
    brand.withdraw(answer=answer, by=request.user, at=now)
    return SeeOther(answer.get_absolute_url())


@require_POST
@members_only
def vote(request: MemberRequest, pk: int, answer_id: int) -> HttpResponse:
    """Find an answer helpful or not, or take that back; by htmx only the buttons come back."""
    answer = access.answer_for(request.user, answer_id, thread_id=pk)
    form = VoteForm(request.POST)
    if not form.is_valid():
        raise BadRequest("A vote is 1, 0 or -1.")
    value, now = form.cleaned_data["value"], timezone.now()
    limits.spend(limits.VOTES, member=request.user, at=now)
    answer = votes.cast(answer=answer, voter=request.user, value=value, at=now)
    if not request.headers.get("HX-Request"):
        return SeeOther(answer.get_absolute_url())
    vars(answer).update(opinion=value, can=access.powers_over(answer, request.user, moderator=False))
    return render(request, "answers/vote.html", {"answer": answer})


@require_POST
@members_only
def delete(request: MemberRequest, pk: int, answer_id: int) -> HttpResponse:
    """Hide an answer; who may do that still sees it and can restore it."""
    return _change(request, pk, answer_id, lambda answer, at: removals.remove(post=answer, by=request.user, at=at))


@require_POST
@members_only
def restore(request: MemberRequest, pk: int, answer_id: int) -> HttpResponse:
    """Show a deleted answer again."""
    return _change(request, pk, answer_id, lambda answer, at: removals.restore(post=answer, by=request.user, at=at))


def _create(request: MemberRequest, thread: Thread, form: ReplyForm) -> str:
    now = timezone.now()
    limits.spend(limits.ANSWERS, member=request.user, at=now)
    said = {"body": form.cleaned_data["body"], "draft": form.cleaned_data["draft"] or 0}
    answer = answers.create(thread=thread, author=request.user, at=now, **said)
    return answer.get_absolute_url()


def _change(request: MemberRequest, pk: int, answer_id: int, deed: Callable[[Answer, datetime], None]) -> HttpResponse:
    answer, now = access.own_answer_for(request.user, answer_id, thread_id=pk), timezone.now()
    limits.spend(limits.EDITS, member=request.user, at=now)
    deed(answer, now)
    return SeeOther(answer.get_absolute_url())
