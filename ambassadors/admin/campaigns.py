"""Campaigns in the admin: the page, the criteria of the score, and the form, each built row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline
from unfold.admin import StackedInline
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextareaWidget

from ambassadors import questions
from ambassadors.models import Campaign, CampaignNote, CampaignQuestion, Criterion, Voice
from ambassadors.services import campaigns
from community.admin.base import Page, Rows
from community.refusals import Refusal

#: Texts of a few lines.
SHORT: Mapping[type[models.Field[Any, Any]], Mapping[str, Any]] = {
    models.TextField: {"widget": UnfoldAdminTextareaWidget(attrs={"rows": 3})}
}


class CampaignForm(forms.ModelForm[Campaign]):
    """Says what the service would refuse while the form is still open."""

    class Meta:
        model = Campaign
        fields = ("slug", "title", "lead", "opens_at", "closes_at", "seats", "is_public")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc] # Django's own hook, which the stubs leave out
        if self.errors:
            return
        try:
            campaigns.check(campaign=self.instance)
        except Refusal as refusal:
            self.add_error(refusal.field, str(refusal.message))


class CriterionRows(Rows):
    """What is hoped for, and how many points it gives."""

    model = Criterion
    tab = True
    extra = 0
    hide_title = True
    fields = ("metric", "needed", "full_at", "weight", "must", "position")


class QuestionForm(forms.ModelForm[CampaignQuestion]):
    """Asks for the choices where there is something to choose, as many in each language."""

    class Meta:
        model = CampaignQuestion
        fields = ("kind", "label", "hint", "options", "required", "position")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        rows = {
            name: [row for row in (cleaned.get(name) or "").splitlines() if row.strip()]
            for name in ("options_de", "options_en")
        }
        counts = {len(found) for found in rows.values() if found}
        if cleaned.get("kind") in questions.WITH_OPTIONS and max(counts, default=0) < 2:
            self.add_error("options_de", _("Write two or more choices, one a line."))
        elif len(counts) > 1:
            self.add_error("options_de", _("Both languages need the same number of choices, in the same order."))
        return cleaned


class QuestionRows(StackedInline, TranslationStackedInline[CampaignQuestion, Campaign]):
    """The questions of the form."""

    model = CampaignQuestion
    form = QuestionForm
    formfield_overrides = SHORT
    tab = True
    extra = 0
    fieldsets = (
        (None, {"fields": (("kind", "required", "position"), ("label_de", "label_en"), ("hint_de", "hint_en"),
                           ("options_de", "options_en"))}),
    )  # fmt: skip


class NoteRows(StackedInline, TranslationStackedInline[CampaignNote, Campaign]):
    """What ambassadors get, and fair questions."""

    model = CampaignNote
    formfield_overrides = SHORT
    tab = True
    extra = 0
    fieldsets = (
        (None, {"fields": (("kind", "position"), ("figure_de", "figure_en"), ("title_de", "title_en"),
                           ("text_de", "text_en"))}),
    )  # fmt: skip


class VoiceRows(StackedInline, TranslationStackedInline[Voice, Campaign]):
    """What ambassadors say."""

    model = Voice
    tab = True
    extra = 0
    autocomplete_fields = ("member",)
    fieldsets = ((None, {"fields": (("member", "position"), ("quote_de", "quote_en"))}),)


@admin.register(Campaign)
class CampaignPage(Page, TranslationAdmin[Campaign]):
    """A campaign with everything that stands on its page."""

    form = CampaignForm
    list_display = ("title", "opens_at", "closes_at", "how_full", "is_public")
    list_filter = ("is_public",)
    ordering = ("-opens_at", "-id")
    search_fields = ("title_de", "title_en", "slug")
    prepopulated_fields = {"slug": ("title_en",)}
    inlines = (CriterionRows, QuestionRows, NoteRows, VoiceRows)
    actions_detail = ("to_board", "to_page")
    view_on_site = False
    fieldsets = (
        (None, {"fields": (("title_de", "title_en"), ("lead_de", "lead_en"), "slug")}),
        (_("Window and seats"), {"fields": ("opens_at", "closes_at", ("seats", "is_public"))}),
    )

    @display(description=_("seats"), ordering="taken")
    def how_full(self, campaign: Campaign) -> str:
        return f"{campaign.taken} / {campaign.seats}"

    @action(description=_("Pipeline"), icon="view_kanban", url_path="board")
    def to_board(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect(reverse("admin:ambassadors_application_board", args=[object_id]))

    @action(description=_("See the page"), icon="open_in_new", url_path="page")
    def to_page(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect(Campaign.objects.get(pk=object_id).get_absolute_url())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        campaigns.store(campaign=obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        super().save_related(request, form, formsets, change)
        campaigns.refresh()
