"""The form that says something about somebody's post: a report, or why it is taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from community.models.post import Post
from community.refusals import Refusal
from community.registry import registry
from community.views.people import MemberRequest
from community.views.posting import INVALID, explain, refused


def answer(
    request: MemberRequest,
    template: str,
    *,
    kind: str,
    post: Post,
    form: forms.Form,
    deed: Callable[[datetime], object],
) -> HttpResponse | None:
    """Do ``deed`` with what the form says; the page with the form where there is nothing to do, or where it is refused.

    ``None`` says that it is done.
    """
    flaggable = registry.flaggables[kind]
    context = {"form": form, "label": flaggable.label, "text": flaggable.text(post), "back": flaggable.url(post)}
    if not form.is_valid():
        return render(request, template, context, status=INVALID if form.is_bound else 200)
    try:
        deed(timezone.now())
    except Refusal as refusal:
        explain(form, refusal)
        return refused(render(request, template, context), refusal)
    return None
