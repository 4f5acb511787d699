"""Counters and awards in the admin: what is derived from deeds, for reading."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from community.admin.base import ReadOnlyPage, link
from gamification.models import Award, Counter


@admin.register(Counter)
class CounterPage(ReadOnlyPage):
    """How often a metric moved for a member."""

    list_display = ("owner", "metric", "value")
    list_filter = ("metric",)
    search_fields = ("member__display_name", "member__handle")
    search_help_text = _("Member")
    ordering = ("-value", "member_id")
    fields = ("owner", "metric", "value")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("member")

    @display(description=_("member"))
    def owner(self, counter: Counter) -> str:
        return link(counter.member)


@admin.register(Award)
class AwardPage(ReadOnlyPage):
    """Who holds which grade, since when and by which deed."""

    list_display = ("at", "owner", "badge", "tier", "deed")
    list_filter = ("grade__badge", "grade__tier")
    search_fields = ("member__display_name", "member__handle")
    search_help_text = _("Member")
    ordering = ("-at", "-pk")
    fields = ("at", "owner", "badge", "tier", "deed")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("member", "grade__badge", "activity")

    @display(description=_("member"))
    def owner(self, award: Award) -> str:
        return link(award.member)

    @display(description=_("badge"))
    def badge(self, award: Award) -> str:
        return link(award.grade.badge)

    @display(description=_("rim"), label={"gold": "warning", "silver": "info", "bronze": "success"})
    def tier(self, award: Award) -> tuple[str, str]:
        return award.grade.tier, award.grade.get_tier_display()

    @display(description=_("deed that reached it"))
    def deed(self, award: Award) -> str:
        return link(award.activity)
