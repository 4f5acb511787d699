"""Seasons and quests in the admin: named stretches of days, with a board or with steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from community.admin.base import Page
from community.models import Member
from community.refusals import Refusal
from gamification.models import Metric, Quest, Season, Streak
from gamification.queries.days import site_day
from gamification.services import quests, seasons, streaks, turns
from gamification.streaks import DEEDS
from gamification.words import how_often


def ask(form: forms.ModelForm[Any], said: dict[str, Any], check: Callable[[], None]) -> None:
    """Let the service look at what would be stored; what it refuses is said at its field."""
    if form.errors:
        return
    for name, value in said.items():
        if hasattr(form.instance, name):
            setattr(form.instance, name, value)
    try:
        check()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))


class SeasonForm(forms.ModelForm[Season]):
    """Name and days."""

    class Meta:
        model = Season
        fields = ("slug", "first_day", "last_day")

    def clean(self) -> dict[str, Any]:
        """Days must be possible and free."""
        said: dict[str, Any] = super().clean() or {}
        ask(self, said, lambda: seasons.check(season=self.instance))
        return said


@admin.register(Season)
class SeasonPage(Page, TranslationAdmin[Season]):
    """A season may begin in the past: its boards are counted from the ledger."""

    form = SeasonForm
    list_display = ("name", "first_day", "last_day", "running")
    search_fields = ("name_de", "name_en", "slug")
    ordering = ("-first_day",)
    fieldsets = ((None, {"fields": (("name_de", "name_en"), "slug", ("first_day", "last_day"))}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("slug",) if obj else ()

    @display(description=_("runs"), boolean=True)
    def running(self, season: Season) -> bool:
        return season.first_day <= site_day(timezone.now()) <= season.last_day

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        seasons.keep(season=obj, at=timezone.now())


def _step(metric: Metric) -> forms.IntegerField:
    return forms.IntegerField(
        label=metric.label, min_value=1, max_value=1000, required=False, widget=UnfoldAdminIntegerFieldWidget
    )


class QuestForm(forms.ModelForm[Quest]):
    """Days, points, and how often each metric must move; an empty number asks nothing."""

    accepted_answers = _step(Metric.ACCEPTED_ANSWERS)
    helpful_votes = _step(Metric.HELPFUL_VOTES)
    helpful_reviews = _step(Metric.HELPFUL_REVIEWS)
    good_ideas = _step(Metric.GOOD_IDEAS)
    same_questions = _step(Metric.SAME_QUESTIONS)

    class Meta:
        model = Quest
        fields = ("slug", "first_day", "last_day", "reputation", "credits")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = dict(self.instance.steps.values_list("metric", "count")) if self.instance.pk else {}
        for metric in Metric.values:
            self.initial.setdefault(metric, asked.get(metric))

    def clean(self) -> dict[str, Any]:
        """There must be something to do and to get, and nobody at it whose terms would change."""
        said: dict[str, Any] = super().clean() or {}
        ask(self, said, lambda: quests.check(quest=self.instance, steps=steps_in(said)))
        return said


def steps_in(said: dict[str, Any]) -> dict[str, int]:
    """The steps that a sent form asks for."""
    return {metric: said[metric] for metric in Metric.values if said.get(metric)}


@admin.register(Quest)
class QuestPage(Page, TranslationAdmin[Quest]):
    """Words may change at any time; days, steps and points only while nobody is at it."""

    form = QuestForm
    list_display = ("name", "first_day", "last_day", "asks", "reputation", "credits")
    search_fields = ("name_de", "name_en", "slug")
    ordering = ("-last_day", "-pk")
    fieldsets = (
        (None, {"fields": (("name_de", "name_en"), ("description_de", "description_en"), "slug")}),
        (_("When"), {"fields": (("first_day", "last_day"),)}),
        (_("What is to be done"), {"fields": (tuple(Metric.values[:3]), tuple(Metric.values[3:]))}),
        (_("What it brings"), {"fields": (("reputation", "credits"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("steps")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("slug",) if obj else ()

    @display(description=_("asks for"))
    def asks(self, quest: Quest) -> str:
        return " · ".join(how_often(step.metric, step.count) for step in quest.steps.all())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        by = cast("Member", request.user)
        quests.keep(quest=obj, steps=steps_in(form.cleaned_data), by=by, at=timezone.now())


@admin.register(Streak)
class StreakPage(Page, TranslationAdmin[Streak]):
    """What a streak is called and how many missed days it forgives. Which deeds fill a day is part of its promise."""

    list_display = ("name", "freeze_every", "freeze_most")
    ordering = ("position", "id")
    readonly_fields = ("slug", "deeds")
    fieldsets = (
        (None, {"fields": (("name_de", "name_en"), "slug", "deeds")}),
        (_("Missed days"), {"fields": (("freeze_every", "freeze_most"),)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @display(description=_("deeds that fill a day"))
    def deeds(self, streak: Streak) -> str:
        return ", ".join(verb for verb in streak.verbs if verb in DEEDS)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        turns.alone()
        super().save_model(request, obj, form, change)
        if {"freeze_every", "freeze_most"} & set(form.changed_data):
            streaks.recount(obj)
