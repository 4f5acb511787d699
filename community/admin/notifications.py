"""Notifications in the admin: what a member was told."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.paginator import InfinitePaginator

from community.admin.base import ReadOnlyPage, link
from community.models import Notification
from community.registry import registry


@admin.register(Notification)
class NotificationPage(ReadOnlyPage):
    """Stored as kind and facts, worded for the reader only when read."""

    list_display = ("created_at", "reader", "what", "about", "seen")
    list_filter = (("read_at", admin.EmptyFieldListFilter),)
    search_fields = ("member__display_name", "member__handle")
    search_help_text = _("Member")
    ordering = ("-created_at", "-pk")
    paginator = InfinitePaginator
    fieldsets = (
        (None, {"fields": (("created_at", "reader"), ("what", "kind"), "about", "facts")}),
        (_("State"), {"fields": (("shown_at", "read_at"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("member", "thread")

    @display(description=_("member"))
    def reader(self, notification: Notification) -> str:
        return link(notification.member)

    @display(description=_("What it tells"))
    def what(self, notification: Notification) -> str:
        known = registry.notification_kinds.get(notification.kind)
        return str(known.label) if known else notification.kind

    @display(description=_("about"))
    def about(self, notification: Notification) -> str:
        return link(notification.thread)

    @display(description=_("read"), boolean=True)
    def seen(self, notification: Notification) -> bool:
        return notification.read_at is not None
