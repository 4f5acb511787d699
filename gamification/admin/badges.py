"""Badges in the admin, with their grades: what is counted, from how much on, and how the pin is drawn."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from unfold.admin import TabularInline
from unfold.decorators import display

from gamification.admin.thresholds import ThresholdPage, hand_over, has_failed
from gamification.models import Badge, Grade
from gamification.services import turns


class GradeRows(TabularInline):
    """The grades of a badge. One that somebody earned is kept: its threshold moves, it never vanishes."""

    model = Grade
    extra = 0
    hide_title = True
    fields = ("tier", "threshold")
    ordering = ("threshold",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Badge)
class BadgePage(ThresholdPage, TranslationAdmin[Badge]):
    """A worker follows a changed threshold: who loses a grade by it keeps it for some days."""

    list_display = ("name", "metric", "shape", "tone", "ladder", "position")
    list_filter = ("metric", "shape")
    search_fields = ("name_de", "name_en", "slug")
    ordering = ("position", "id")
    inlines = (GradeRows,)
    fieldsets = (
        (None, {"fields": (("name_de", "name_en"), ("description_de", "description_en"), "slug")}),
        (_("What is counted"), {"fields": ("metric",)}),
        (_("Drawing"), {"fields": (("shape", "tone"), ("glyph", "position"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("grades")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """What a badge counts is part of its promise: another metric is another badge."""
        return ("metric", "slug") if obj else ()

    @display(description=_("grades"))
    def ladder(self, badge: Badge) -> str:
        return " · ".join(f"{grade.get_tier_display()} {grade.threshold}" for grade in badge.grades.all())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        turns.alone()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(rows.has_changed() for rows in formsets) or has_failed(form.instance):
            hand_over(request, badge=form.instance, at=timezone.now())
