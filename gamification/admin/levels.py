"""Levels in the admin: their names and the reputation from which they are reached."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin

from community.admin.base import Page
from gamification.models import Level
from gamification.services import regrading, turns


@admin.register(Level)
class LevelPage(Page, TranslationAdmin[Level]):
    """A changed threshold takes effect for everybody at once."""

    list_display = ("number", "name", "threshold")
    list_display_links = ("name",)
    ordering = ("number",)
    fieldsets = ((None, {"fields": (("name_de", "name_en"), ("number", "threshold"))}),)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        turns.alone()
        super().save_model(request, obj, form, change)
        if {"number", "threshold"} & set(form.changed_data):
            regrading.relevel()
