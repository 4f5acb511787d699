"""What the admin pages of threads, answers and comments have in common: hide and restore, through the services."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from community.admin.base import ReadOnlyPage, do_each, in_order, may_change
from community.admin.filters import HiddenFilter
from community.models import Member
from community.services import removals


class PostPage(ReadOnlyPage):
    """Posts are read here, removed with reasons and restored; nobody rewrites another person's words."""

    actions: tuple[str, ...] = ("hide", "restore")
    list_filter: Any = (HiddenFilter,)
    ordering = ("-created_at", "-pk")

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """Asked by the actions below."""
        return may_change(self, request)

    @action(description=_("Remove, with reasons to the author"), permissions=["moderate"])
    def hide(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        at = timezone.now()
        do_each(
            request,
            in_order(rows),
            lambda post: removals.remove(post=post, by=cast(Member, request.user), at=at),
            lambda count: (
                ngettext("%(count)d post is hidden.", "%(count)d posts are hidden.", count) % {"count": count}
            ),
        )

    @action(description=_("Show again"), permissions=["moderate"])
    def restore(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        at = timezone.now()
        do_each(
            request,
            in_order(rows),
            lambda post: removals.restore(post=post, by=cast(Member, request.user), at=at),
            lambda count: (
                ngettext("%(count)d post is shown again.", "%(count)d posts are shown again.", count) % {"count": count}
            ),
        )

    @display(description=_("written"), ordering="created_at")
    def day(self, post: Any) -> str:
        return date_format(timezone.localtime(post.created_at), "SHORT_DATETIME_FORMAT")

    @display(description=_("visible"), boolean=True, ordering="deleted_at")
    def visible(self, post: Any) -> bool:
        return bool(post.is_visible)

    @display(description=_("as members see it"))
    def rendered(self, post: Any) -> str:
        return format_html('<div class="prose dark:prose-invert max-w-none">{}</div>', mark_safe(post.html))  # noqa: S308 - nh3 cleaned it
