"""Levels in the admin: their names and the reputation from which they are reached."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from modeltranslation.admin import TranslationAdmin

from gamification.admin.thresholds import ThresholdPage, hand_over, has_failed
from gamification.models import Level
from gamification.services import turns


@admin.register(Level)
class LevelPage(ThresholdPage, TranslationAdmin[Level]):
    """A worker follows a changed threshold; a level that falls by it stays for some days, and its owner is told."""

    list_display = ("number", "name", "threshold")
    list_display_links = ("name",)
    ordering = ("number",)
    fieldsets = ((None, {"fields": (("name_de", "name_en"), ("number", "threshold"))}),)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        turns.alone()
        turns.without_newcomers()
        super().save_model(request, obj, form, change)
        if {"number", "threshold"} & set(form.changed_data) or has_failed(None):
            hand_over(request, badge=None, at=timezone.now())
