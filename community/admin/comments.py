"""Comments in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from community.admin.base import link
from community.admin.posts import PostPage
from community.models import Comment


@admin.register(Comment)
class CommentPage(PostPage):
    """Every comment, hidden ones too."""

    list_display = ("__str__", "writer", "question", "day", "visible")
    search_fields = ("body", "author__display_name", "author__handle")
    search_help_text = _("Text or author")
    fieldsets = (
        (None, {"fields": ("question", "rendered", "writer", "created_at")}),
        (_("Visibility"), {"fields": (("visible", "hidden_at"), ("deleted_at", "deleted_by"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("author", "thread", "deleted_by")

    @display(description=_("written by"), ordering="author__display_name")
    def writer(self, comment: Comment) -> str:
        return link(comment.author)

    @display(description=_("question"))
    def question(self, comment: Comment) -> str:
        return link(comment.thread)
