"""Personal data in the admin: how long things stay, which copies were asked for, who agreed to what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget

from community.admin.base import Page, ReadOnlyPage, may_change
from community.models import Consent, DataExport, RetentionPeriod
from community.registry import registry
from community.services import retention


@admin.register(RetentionPeriod)
class RetentionPeriodPage(Page):
    """Other periods than the product's own; above them every class with what would go now."""

    list_display = ("label", "days")
    list_before_template = "admin/community/retentionperiod/due.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        shown = {"due": retention.due(at=timezone.now())}
        answer: HttpResponse = super().changelist_view(request, {**(extra_context or {}), **shown})
        return answer

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Without a row of its own a class keeps the product's period again."""
        return may_change(self, request)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "name":
            choices = [(kept.name, kept.label) for kept in registry.retention_classes.values()]
            return forms.ChoiceField(label=db_field.verbose_name, choices=choices, widget=UnfoldAdminSelectWidget)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @display(description=_("class"), ordering="name")
    def label(self, row: RetentionPeriod) -> str | Promise:
        kept = registry.retention_classes.get(row.name)
        return kept.label if kept else row.name


@admin.register(DataExport)
class DataExportPage(ReadOnlyPage):
    """That somebody asked for a copy; never the copy itself."""

    list_display = ("member", "requested_at", "ready_at", "fetched_at", "expires_at")
    list_select_related = ("member",)
    search_fields = ("member__handle", "member__display_name")
    fieldsets = ((None, {"fields": ("member", "requested_at", "ready_at", "fetched_at", "expires_at")}),)


@admin.register(Consent)
class ConsentPage(ReadOnlyPage):
    """Who agreed to which version of what."""

    list_display = ("member", "purpose", "version", "given_at", "withdrawn_at")
    list_filter = ("purpose", "version")
    list_select_related = ("member",)
    search_fields = ("member__handle", "member__display_name")
    fieldsets = ((None, {"fields": ("member", ("purpose", "version"), ("given_at", "withdrawn_at"))}),)
