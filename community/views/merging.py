"""Merging: choose the other question, see both side by side, do it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community import access, limits
from community.forms.merging import MergeForm
from community.models import Thread
from community.queries import threads
from community.refusals import Refusal
from community.services import merging
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, explain, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def merge(request: MemberRequest, pk: int) -> HttpResponse:
    """First name the other question, then confirm; there is no way back, and the page says so."""
    source = access.own_thread_for(request.user, pk)
    # Another page may name the other question in the address; only a form confirms.
    form = MergeForm(posted(request) or ({"into": request.GET["into"]} if "into" in request.GET else None))
    if not form.is_valid():
        return _choose(request, source, form, INVALID if form.is_bound else 200)
    try:
        into = access.present_thread_for(request.user, form.cleaned_data["into"])
    except access.NotFound:
        form.add_error("into", _("There is no such question."))
        return _choose(request, source, form, INVALID)
    if into.pk == source.pk:
        explain(form, merging.SameThread())
        return _choose(request, source, form, INVALID)
    if not form.cleaned_data["confirmed"]:
        return render(request, "threads/merge_confirm.html", {"thread": source, "into": into})
    return _merge(request, source, into, form)


def _merge(request: MemberRequest, source: Thread, into: Thread, form: MergeForm) -> HttpResponse:
    now = timezone.now()
    try:
        limits.spend(limits.EDITS, member=request.user, at=now)
        merging.merge(source=source, into=into, by=request.user, moderator=access.moderates(request.user), at=now)
    except Refusal as refusal:
        explain(form, refusal)
        return refused(_choose(request, source, form, INVALID), refusal)
    messages.success(request, _("Both questions are one now."))
    return SeeOther(into.get_absolute_url())


def _choose(request: MemberRequest, source: Thread, form: MergeForm, status: int) -> HttpResponse:
    similar = threads.similar_to(access.threads_for(request.user), source)
    context = {"thread": source, "form": form, "similar": similar, "moderator": access.moderates(request.user)}
    return render(request, "threads/merge.html", context, status=status)
