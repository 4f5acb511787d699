"""Advisers in the admin: who helps, with what, how much at once, and how it goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from chat.models import Responder
from chat.queries import responders
from chat.services import responders as services
from community.admin.base import Page
from community.models import Member
from community.refusals import Refusal


class ResponderForm(forms.ModelForm[Responder]):
    """Asks the service before anything is stored, so that its no stands beside the field."""

    languages = forms.MultipleChoiceField(
        label=_("languages"), choices=settings.LANGUAGES, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )

    class Meta:
        model = Responder
        fields = ("member", "group", "is_enabled", "capacity", "languages", "topics", "products")

    def clean(self) -> dict[str, Any]:
        """Refuse who does not hold the role."""
        cleaned = super().clean() or {}
        member = cleaned.get("member") or (self.instance.member if self.instance.pk else None)
        if isinstance(member, Member) and cleaned.get("group"):
            roles = responders.ROLES[cleaned["group"]]
            if not member.role_grants.filter(role__in=roles).exists():
                self.add_error("group", str(services.NoRole.message))
        return cleaned


@admin.register(Responder)
class ResponderPage(Page):
    """Who helps. When they are there is for them to say, on their desk."""

    form = ResponderForm
    list_display = (
        "member",
        "group",
        "is_enabled",
        "available",
        "busy",
        "spoken",
        "average",
        "helped_count",
        "seen_at",
    )
    list_filter = ("group", "is_enabled", "available")
    search_fields = ("member__display_name", "member__handle")
    ordering = ("id",)
    autocomplete_fields = ("member", "topics", "products")
    readonly_fields = ("available", "busy", "average", "rating_count", "helped_count", "seen_at")
    fieldsets = (
        (None, {"fields": (("member", "group"), ("is_enabled", "capacity"), "languages")}),
        (_("What they know"), {"fields": ("products", "topics")}),
        (_("How it goes"), {"fields": (("available", "busy", "seen_at"), ("average", "rating_count", "helped_count"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Responder]:
        return super().get_queryset(request).select_related("member")

    def get_readonly_fields(self, request: HttpRequest, obj: Responder | None = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "member") if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        try:
            services.store(responder=obj)
        except Refusal as refusal:
            # The role was taken away between the form's question and now.
            self.message_user(request, str(refusal.message), level="error")

    @admin.display(description=_("busy"))
    def busy(self, row: Responder) -> str:
        """How many conversations of how many."""
        return f"{row.load} / {row.capacity}"

    @admin.display(description=_("languages"))
    def spoken(self, row: Responder) -> str:
        """The languages that they help in."""
        return ", ".join(row.languages)

    @admin.display(description=_("average"))
    def average(self, row: Responder) -> str:
        """The average, from as many ratings on as the adviser sees it from."""
        found = responders.average(row)
        return "–" if found is None else str(found)
