"""Answers in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from community.admin.base import link
from community.admin.filters import HiddenFilter
from community.admin.posts import PostPage
from community.models import Answer


@admin.register(Answer)
class AnswerPage(PostPage):
    """Every answer, hidden ones too."""

    list_display = ("excerpt", "writer", "question", "accepted", "score", "day", "visible")
    list_filter = (HiddenFilter, "thread__state", "thread__product")
    search_fields = ("body", "author__display_name", "author__handle")
    search_help_text = _("Text or author")
    fieldsets = (
        (None, {"fields": ("question", "rendered", "writer")}),
        (_("State"), {"fields": (("accepted", "score"), ("created_at", "edited_at"))}),
        (_("Visibility"), {"fields": (("visible", "hidden_at"), ("deleted_at", "deleted_by"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("author", "thread", "deleted_by")

    @display(description=_("answer"))
    def excerpt(self, answer: Answer) -> str:
        return f"{answer.body[:80]}…" if len(answer.body) > 80 else answer.body

    @display(description=_("answered by"), ordering="author__display_name")
    def writer(self, answer: Answer) -> str:
        return link(answer.author)

    @display(description=_("question"))
    def question(self, answer: Answer) -> str:
        return link(answer.thread)

    @display(description=_("accepted"), boolean=True)
    def accepted(self, answer: Answer) -> bool:
        return answer.thread.accepted_answer_id == answer.pk
