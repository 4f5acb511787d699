"""Finding in the admin: what was looked for in vain, and which questions climbed the ladder."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display
from unfold.paginator import InfinitePaginator

from community.admin.base import ReadOnlyPage, Spoken, do_each, in_order, link, may_change
from community.admin.filters import DoneFilter, LanguageFilter
from community.models import Escalation, Member, SearchMiss, Thread
from community.services import misses


@admin.register(SearchMiss)
class SearchMissPage(Spoken, ReadOnlyPage):
    """A work list: write what is missing, then mark it as done. Nobody can be told from it."""

    list_display = ("term", "count", "spoken", "last_at", "done", "try_it")
    list_filter = (DoneFilter, LanguageFilter)
    search_fields = ("term",)
    ordering = ("-count", "-pk")
    actions = ("mark_done",)
    fieldsets = (
        (None, {"fields": (("term", "spoken"), ("count", "last_at"))}),
        (_("State"), {"fields": (("done_at", "done_by"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("done_by")

    def has_finish_permission(self, request: HttpRequest) -> bool:
        """Asked by the action below."""
        return may_change(self, request)

    @action(description=_("Mark as done"), permissions=["finish"])
    def mark_done(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        at, by = timezone.now(), cast("Member", request.user)
        do_each(
            request,
            in_order(rows),
            lambda miss: misses.finish(miss=miss, by=by, at=at),
            lambda count: ngettext("%(count)d is done.", "%(count)d are done.", count) % {"count": count},
        )

    @display(description=_("done"), boolean=True)
    def done(self, miss: SearchMiss) -> bool:
        return miss.done_at is not None

    @display(description=_("search"))
    def try_it(self, miss: SearchMiss) -> str:
        address = f"{reverse('community:search')}?{urlencode({'q': miss.term})}"
        return format_html('<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', address, _("Try it"))


@admin.register(Escalation)
class EscalationPage(ReadOnlyPage):
    """Who was told of questions that nobody answered, and what became of them."""

    list_display = ("about", "step_label", "at", "told", "state_now")
    list_filter = ("step", "thread__state")
    search_fields = ("thread__title",)
    search_help_text = _("Title")
    ordering = ("-at", "-pk")
    paginator = InfinitePaginator
    fieldsets = ((None, {"fields": ("about", ("step_label", "at"), ("told", "state_now"))}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("thread")

    @display(description=_("thread"))
    def about(self, escalation: Escalation) -> str:
        return link(escalation.thread)

    @display(
        description=_("step"),
        ordering="step",
        label={
            Escalation.Step.FOLLOWERS: "info",
            Escalation.Step.EXPERTS: "warning",
            Escalation.Step.AGENTS: "danger",
        },
    )
    def step_label(self, escalation: Escalation) -> tuple[str, str]:
        return escalation.step, escalation.get_step_display()

    @display(
        description=_("now"),
        label={Thread.State.SOLVED: "success", Thread.State.OPEN: "info", Thread.State.UNANSWERED: "warning"},
    )
    def state_now(self, escalation: Escalation) -> tuple[str, str]:
        return escalation.thread.state, escalation.thread.get_state_display()
