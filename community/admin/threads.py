"""Threads in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from community.admin.base import Spoken, link
from community.admin.filters import HiddenFilter, LanguageFilter
from community.admin.posts import PostPage
from community.models import Answer, Thread, visible


@admin.register(Thread)
class ThreadPage(Spoken, PostPage):
    """Every question, hidden ones too."""

    actions = (*PostPage.actions, "merge")
    list_display = ("title", "asker", "state_label", "product", "answer_count", "view_count", "day", "visible")
    list_filter = ("state", "phase", HiddenFilter, LanguageFilter, "topic", "product")
    search_fields = ("title", "author__display_name", "author__handle")
    search_help_text = _("Title or asker")
    list_select_related = ("author", "product")
    fieldsets = (
        (None, {"fields": ("title", "rendered", "asker")}),
        (_("Classification"), {"fields": (("phase", "spoken"), ("topic", "product"))}),
        (_("State"), {"fields": (("state", "solved_by"), ("created_at", "active_at"), ("edited_at", "went_into"))}),
        (_("Visibility"), {"fields": (("visible", "hidden_at"), ("deleted_at", "deleted_by"))}),
        (_("Answers"), {"fields": ("replies", ("answer_count", "comment_count", "score", "view_count"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super().get_queryset(request).select_related("author", "product", "topic", "accepted_answer", "deleted_by")
        )

    @action(description=_("Merge two questions"), permissions=["moderate"])
    def merge(self, request: HttpRequest, rows: QuerySet[Thread]) -> HttpResponse | None:
        """Lead to the page that shows both; the one that was asked first stays."""
        chosen = list(rows.filter(visible()).order_by("created_at", "pk")[:3])
        if len(chosen) != 2:
            messages.warning(request, _("Choose two questions that everybody sees."))
            return None
        into, source = chosen
        return redirect(f"{reverse('community:thread_merge', args=[source.pk])}?into={into.pk}")

    @display(description=_("merged into"))
    def went_into(self, thread: Thread) -> str:
        return link(thread.merged_into)

    @display(description=_("asker"), ordering="author__display_name")
    def asker(self, thread: Thread) -> str:
        return link(thread.author)

    @display(
        description=_("state"),
        ordering="state",
        label={Thread.State.SOLVED: "success", Thread.State.OPEN: "info", Thread.State.UNANSWERED: "warning"},
    )
    def state_label(self, thread: Thread) -> tuple[str, str]:
        return thread.state, thread.get_state_display()

    @display(description=_("solved by"))
    def solved_by(self, thread: Thread) -> str:
        return link(thread.accepted_answer)

    @display(description=_("answers"))
    def replies(self, thread: Thread) -> str:
        found = Answer.objects.filter(thread=thread).select_related("author").order_by("-score", "id")[:50]
        return format_list([link(answer, f"{answer.author}: {answer}") for answer in found])


def format_list(items: list[str]) -> str:
    """Return links as a list; each was escaped when it was made."""
    return format_html_join("", '<p class="mb-1">{}</p>', ((item,) for item in items)) or "–"
