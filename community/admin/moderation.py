"""Cases of moderation and watched words in the admin. The fast queue is a page of its own; this is the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from community.admin.base import NamedFilter, Page, ReadOnlyPage, Tones, do_each, in_order, link, may_change
from community.models import Case, Flag, Member, WatchedWord
from community.queries import moderation as queries
from community.registry import registry
from community.services import cases, moderation, screening


class StateFilter(admin.SimpleListFilter):
    """What waits, and what was decided; without a choice what waits."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("removed", _("Removed")), ("kept", _("Kept")), ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        waiting, *others = super().choices(changelist)
        return [{**waiting, "display": _("Waiting")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(outcome=self.value() or "")


class KindFilter(NamedFilter):
    """What kind of post it is about."""

    title = _("kind")
    parameter_name = "kind"

    def names(self) -> Mapping[str, str | Promise]:
        return {name: flaggable.label for name, flaggable in registry.flaggables.items()}


@admin.register(Case)
class CasePage(ReadOnlyPage):
    """Every case. Decisions are made by the service that the queue uses, so nobody decides about their own post."""

    list_display = ("about", "writer", "came_by", "weight", "flag_count", "opened_at", "state", "decider")
    list_filter = (StateFilter, "source", "reason", KindFilter)
    search_fields = ("author__display_name", "author__handle")
    search_help_text = _("Author")
    ordering = ("-weight", "pk")
    actions = ("claim", "keep", "remove", "undo")
    fieldsets = (
        (None, {"fields": ("post", "writer", ("source", "reason"), ("weight", "flag_count"), "opened_at")}),
        (_("Reports"), {"fields": ("reports",)}),
        (_("Decision"), {"fields": (("outcome", "decider", "decided_at"), ("claimed_by", "claimed_until"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("author", "decided_by", "claimed_by")

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """Asked by the actions below."""
        return may_change(self, request)

    @action(description=_("Claim for ten minutes"), permissions=["moderate"])
    def claim(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        by, at = cast("Member", request.user), timezone.now()
        do_each(request, in_order(rows), lambda case: cases.claim(case=case, by=by, at=at), _done)

    @action(description=_("Keep, or approve what waits"), permissions=["moderate"])
    def keep(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self._decide(request, rows, remove=False)

    @action(description=_("Remove, with a statement of reasons"), permissions=["moderate"])
    def remove(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self._decide(request, rows, remove=True)

    @action(description=_("Undo the decision"), permissions=["moderate"])
    def undo(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        by, at = cast("Member", request.user), timezone.now()
        do_each(request, in_order(rows), lambda case: moderation.reopen(case=case, by=by, at=at), _done)

    def _decide(self, request: HttpRequest, rows: QuerySet[Any], *, remove: bool) -> None:
        by, at = cast("Member", request.user), timezone.now()
        do_each(request, in_order(rows), lambda case: moderation.decide(case=case, by=by, remove=remove, at=at), _done)

    @display(description=_("post"))
    def about(self, case: Case) -> str:
        return f"{case.kind} {case.subject_id}"

    @display(description=_("post"))
    def post(self, case: Case) -> str:
        queries.dress([case], Member(pk=0), at=timezone.now())
        shown = vars(case)
        address = shown["url"] or reverse("community:moderation")
        return format_html('<p>{}</p><a class="text-primary-600" href="{}">{}</a>', shown["text"], address, address)

    @display(description=_("written by"), ordering="author__display_name")
    def writer(self, case: Case) -> str:
        return link(case.author)

    @display(
        description=_("came in by"),
        label=Tones({"notice": "danger", "flags": "warning", "words": "info", "first": "info"}),
    )
    def came_by(self, case: Case) -> tuple[str, Any]:
        return case.source, case.get_source_display()

    @display(description=_("state"), label={"": "warning", "removed": "danger", "kept": "success"})
    def state(self, case: Case) -> tuple[str, Any]:
        return case.outcome, case.get_outcome_display()

    @display(description=_("decided by"))
    def decider(self, case: Case) -> str:
        return link(case.decided_by)

    @display(description=_("reports"))
    def reports(self, case: Case) -> str:
        rows = Flag.objects.filter(case=case).select_related("member").order_by("pk")[:50]
        told = ((f"{row.member}: {row.get_reason_display()} {row.note} ({row.weight})",) for row in rows)
        return format_html_join("", '<p class="mb-1">{}</p>', told) or "–"


def _done(count: int) -> str:
    return ngettext("%(n)d case done.", "%(n)d cases done.", count) % {"n": count}


@admin.register(WatchedWord)
class WatchedWordPage(Page):
    """Words that are looked for in what members write; one that is not needed any more is switched off."""

    list_display = ("pattern", "effect", "is_active", "note")
    list_filter = ("effect", "is_active")
    search_fields = ("pattern", "note")
    ordering = ("pattern", "pk")
    fieldsets = ((None, {"fields": (("pattern", "effect"), "note", "is_active")}),)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        super().save_model(request, obj, form, change)
        screening.words_changed()
