"""Events in the admin, with times as clocks show them where an event is, and who comes."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextareaWidget

from ambassadors.models import BrandEvent, Registration
from ambassadors.queries import events as queries
from ambassadors.queries import moves
from ambassadors.services import events, registrations
from community.admin import downloads
from community.admin.base import Page, ReadOnlyRows, do_each, in_order, link
from community.admin.zones import ZonedForm
from community.models import Member
from community.refusals import Refusal
from community.stages import wall_clock

TIMES = ("starts_at", "ends_at", "opens_at", "closes_at")


class EventForm(ZonedForm[BrandEvent]):
    """A reason calls the event off."""

    times = TIMES
    reason = forms.CharField(
        label=_("Why it is cancelled"),
        required=False,
        max_length=1_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Everybody who registered reads it. With a reason here the event is cancelled when you save."),
    )

    class Meta:
        model = BrandEvent
        fields = (
            *("slug", "title", "summary", "description", "picture", "place", "link", "time_zone", *TIMES),
            *("capacity", "audience", "min_level", "is_public"),
        )

    def check(self) -> None:
        events.check(event=self.instance)


class GuestRows(ReadOnlyRows):
    """Who has a seat, who waits, who came; in the order of the queue."""

    model = Registration
    verbose_name_plural = _("Guests")
    hide_title = True
    fields = ("guest", "state", "queued_at", "last_move")
    readonly_fields = fields
    ordering = ("queued_at", "id")
    per_page = 100

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return moves.with_last(super().get_queryset(request))

    @display(description=_("member"))
    def guest(self, registration: Registration) -> str:
        return link(registration.member)

    @display(description=_("reason"))
    def last_move(self, registration: Registration) -> str:
        return " · ".join(moves.last_in_words(registration)) or "–"


@admin.register(BrandEvent)
class BrandEventPage(Page, TranslationAdmin[BrandEvent]):
    """Set up, change, cancel. New seats go to those who wait as soon as they are stored."""

    form = EventForm
    inlines = (GuestRows,)
    list_display = ("title", "day", "seats", "audience", "state_label")
    list_filter = ("audience", "is_public")
    search_fields = ("title_de", "title_en", "slug")
    ordering = ("-starts_at", "-id")
    prepopulated_fields = {"slug": ("title_de",)}
    readonly_fields = ("seats", "cancelled_at", "cancel_reason", "door")
    actions = ("note_missing",)
    actions_detail = ("attendance",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("title_de", "title_en"),
                    ("summary_de", "summary_en"),
                    ("description_de", "description_en"),
                    ("slug", "is_public"),
                    "picture",
                )
            },
        ),
        (_("Where"), {"fields": (("place_de", "place_en"), "link")}),
        (
            _("Times"),
            {
                "fields": ("time_zone", "starts_at", "ends_at", "opens_at", "closes_at"),
                "description": _("As clocks show them in the time zone above."),
            },
        ),
        (_("For whom"), {"fields": (("capacity", "seats"), ("audience", "min_level"), "door")}),
        (_("Call it off"), {"fields": ("reason", "cancelled_at", "cancel_reason"), "classes": ("collapse",)}),
    )

    @display(description=_("begins"), ordering="starts_at")
    def day(self, event: BrandEvent) -> str:
        return f"{wall_clock(event.starts_at, event.time_zone):%d.%m.%Y %H:%M} {event.time_zone}"

    @display(description=_("seats taken"))
    def seats(self, event: BrandEvent) -> str:
        if not event.pk:
            return "–"
        words = ngettext("%(n)d waits", "%(n)d wait", event.waiting_count) % {"n": event.waiting_count}
        taken = f"{event.seats_taken} / {event.capacity}"
        return f"{taken}, {words}" if event.waiting_count else taken

    @display(
        description=_("state"),
        label={"cancelled": "danger", "over": "info", "public": "success", "draft": "warning"},
    )
    def state_label(self, event: BrandEvent) -> tuple[str, str]:
        if event.cancelled_at:
            return "cancelled", str(_("cancelled"))
        if event.is_over(timezone.now()):
            return "over", str(_("over"))
        return ("public", str(_("public"))) if event.is_public else ("draft", str(_("in preparation")))

    @display(description=_("at the door"))
    def door(self, event: BrandEvent) -> str:
        if not event.pk:
            return "–"
        address = reverse("ambassadors:check_in", args=[event.slug])
        words = _("Check-in page, for a phone")
        return format_html('<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', address, words)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What changed meanwhile, as a seat taken, is told on top of the page."""
        try:
            response: HttpResponse = super().changeform_view(request, *args, **kwargs)
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
            return HttpResponseRedirect(request.path)
        return response

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        by, at = cast("Member", request.user), timezone.now()
        if not change:
            obj.host = by
        events.store(event=obj, at=at)
        if form.cleaned_data["reason"].strip():
            events.cancel(event=obj, by=by, reason=form.cleaned_data["reason"], at=at)

    @action(description=_("Guest list (CSV)"), permissions=["change"])
    def attendance(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The list of guests for those who print one."""
        event = get_object_or_404(BrandEvent, pk=object_id)
        head = [str(_("member")), str(_("state")), str(_("queued")), str(_("reason")), str(_("by"))]
        rows = (
            (row.member.display_name, row.get_state_display(), row.queued_at.isoformat(), *moves.last_in_words(row))
            for row in moves.with_last(queries.attendance(event))
        )
        return downloads.table(head, rows, name=f"{event.slug}.csv")

    @action(description=_("Note who did not come"), permissions=["change"])
    def note_missing(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        """Everybody with a seat who was not checked in did not come."""
        by, at = cast("Member", request.user), timezone.now()
        do_each(
            request,
            in_order(rows),
            lambda event: registrations.note_missing(event=event, by=by, at=at),
            lambda count: ngettext("Noted for %(n)d event.", "Noted for %(n)d events.", count) % {"n": count},
        )
