"""Contests in the admin, with times as clocks show them where a contest is held, and the toolkits to compose from."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline
from unfold.admin import TabularInline
from unfold.decorators import display

from community.admin.base import Page, link
from community.admin.zones import ZonedForm
from community.models import Contest, JuryScore, Toolkit, ToolkitChoice, ToolkitConstraint, ToolkitOption
from community.services import contests
from community.stages import Stage, wall_clock

TIMES = ("submit_from", "vote_from", "jury_from", "ends_at")
STAGES = {
    Stage.UPCOMING: _("Upcoming"),
    Stage.SUBMIT: _("Ideas"),
    Stage.VOTE: _("Votes"),
    Stage.JURY: _("Jury"),
    Stage.ENDED: _("Ended"),
}


class ContestForm(ZonedForm[Contest]):
    times = TIMES

    class Meta:
        model = Contest
        fields = (
            *("slug", "title", "description", "prize", "picture", "is_public", "time_zone", *TIMES, "late_ideas"),
            *("vote_budget", "blind_votes", "jury", "jury_weight", "winner_count"),
        )

    def is_whole(self) -> bool:
        """A contest without its first and last moments is not looked at."""
        return all(self.cleaned_data.get(name) for name in ("submit_from", "vote_from", "ends_at"))

    def check(self) -> None:
        contests.check(contest=self.instance)


@admin.register(Contest)
class ContestPage(Page, TranslationAdmin[Contest]):
    """What decides a contest stays once its result is out; the services see to it."""

    form = ContestForm
    list_display = ("title", "stage_label", "is_public", "idea_count", "day")
    list_filter = ("is_public",)
    search_fields = ("title_de", "title_en", "slug")
    ordering = ("-ends_at", "-id")
    prepopulated_fields = {"slug": ("title_de",)}
    autocomplete_fields = ("jury",)
    readonly_fields = ("toolkit_link", "jury_progress", "closed_at")
    fieldsets = (
        (None, {"fields": (("title_de", "title_en"), ("description_de", "description_en"), ("prize_de", "prize_en"))}),
        (_("Display"), {"fields": (("slug", "is_public"), "picture")}),
        (
            _("Times"),
            {
                "fields": ("time_zone", ("submit_from", "vote_from"), ("jury_from", "ends_at"), "late_ideas"),
                "description": _(
                    "As clocks show them in the time zone above. Without a jury's time, votes decide alone."
                ),
            },
        ),
        (_("Votes"), {"fields": (("vote_budget", "blind_votes"),)}),
        (_("Jury"), {"fields": ("jury", "jury_weight", "jury_progress")}),
        (_("Result"), {"fields": (("winner_count", "closed_at"),)}),
        (_("Toolkit"), {"fields": ("toolkit_link",)}),
    )

    @display(description=_("stage"))
    def stage_label(self, contest: Contest) -> str:
        return str(STAGES[contest.stage(timezone.now())])

    @display(description=_("ends"), ordering="ends_at")
    def day(self, contest: Contest) -> str:
        return f"{wall_clock(contest.ends_at, contest.time_zone):%d.%m.%Y %H:%M} {contest.time_zone}"

    @display(description=_("toolkit"))
    def toolkit_link(self, contest: Contest) -> str:
        toolkit = Toolkit.objects.filter(contest=contest.pk).first() if contest.pk else None
        if toolkit is not None:
            return link(toolkit, str(_("Options, choices and prices")))
        if not contest.pk:
            return str(_("Store the contest first."))
        address = f"{reverse('admin:community_toolkit_add')}?contest={contest.pk}"
        return format_html('<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', address, _("Add one"))

    @display(description=_("given so far"))
    def jury_progress(self, contest: Contest) -> str:
        if not contest.pk:
            return "–"
        rows = JuryScore.objects.filter(idea__contest=contest).order_by("juror__display_name")
        counts = rows.values_list("juror__display_name").annotate(n=Count("pk"))
        return ", ".join(f"{name}: {n}" for name, n in counts) or "–"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        if not change:
            obj.host = request.user
        contests.store(contest=obj)


class OptionRows(TranslationTabularInline[ToolkitOption, Toolkit]):
    """The options; each leads to its choices."""

    model = ToolkitOption
    extra = 0
    show_change_link = True
    fields = ("key", "name", "is_required", "position")


class ConstraintRows(TabularInline):
    """What goes together and what does not."""

    model = ToolkitConstraint
    extra = 0
    fields = ("choice", "kind", "other")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        self.toolkit = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in {"choice", "other"}:
            rows = ToolkitChoice.objects.filter(option__toolkit=self.toolkit)
            kwargs["queryset"] = rows.select_related("option").order_by("option__position", "position", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Toolkit)
class ToolkitPage(Page):
    """The configurator of one contest: first the options, then their choices, then what goes together."""

    list_display = ("contest", "base_price", "currency")
    fields = ("contest", ("base_price", "currency"))
    inlines = (OptionRows, ConstraintRows)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("contest",) if obj else ()


class ChoiceRows(TranslationTabularInline[ToolkitChoice, ToolkitOption]):
    """The ways to choose one option."""

    model = ToolkitChoice
    extra = 1
    fields = ("key", "name", "note", "price_effect", "position")


@admin.register(ToolkitOption)
class OptionPage(Page, TranslationAdmin[ToolkitOption]):
    """One option with its choices and what each does to the price."""

    list_display = ("name", "toolkit", "key", "is_required")
    fields = ("toolkit_link", ("name_de", "name_en"), ("key", "is_required", "position"))
    readonly_fields = ("toolkit_link",)
    inlines = (ChoiceRows,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("toolkit__contest")

    @display(description=_("toolkit"))
    def toolkit_link(self, option: ToolkitOption) -> str:
        return link(option.toolkit)
