"""Canned replies in the admin, in German and English."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from chat.models import CannedReply
from community.admin.base import Page


@admin.register(CannedReply)
class CannedReplyPage(Page, TranslationAdmin[CannedReply]):
    """What helpers may start from; one that is outdated is switched off."""

    list_display = ("title", "group", "phase", "position", "is_active")
    list_filter = ("group", "phase", "is_active")
    search_fields = ("title_de", "title_en", "body_de", "body_en")
    ordering = ("position", "id")
    fieldsets = (
        (None, {"fields": (("title_de", "title_en"), ("body_de", "body_en"))}),
        (_("Where it is offered"), {"fields": (("group", "phase"), ("position", "is_active"))}),
    )
