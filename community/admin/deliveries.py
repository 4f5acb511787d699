"""Background work in the admin: what waits, how long, what gave up, and another try for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from community.admin import waits
from community.admin.base import NamedFilter, ReadOnlyPage, do_each, in_order, link, may_change
from community.admin.filters import ParkedFilter
from community.models import Delivery
from community.queries import pulse
from community.registry import registry
from community.services import deliveries


class ConsumerFilter(NamedFilter):
    """What is done with the deed, in the background."""

    title = _("task")
    parameter_name = "consumer"

    def names(self) -> Mapping[str, str | Promise]:
        return {name: registry.task_of(name) for name in registry.consumers}


@admin.register(Delivery)
class DeliveryPage(ReadOnlyPage):
    """The outbox. An empty list is the normal state."""

    list_display = ("whose", "deed", "state", "attempts", "waiting", "error")
    list_filter = (ParkedFilter, ConsumerFilter)
    search_fields = ("activity__key", "error")
    search_help_text = _("Key of the deed or error")
    ordering = ("id",)
    actions = ("try_again",)
    list_before_template = "admin/community/delivery/lag.html"
    fieldsets = (
        (None, {"fields": (("whose", "state"), "deed", ("attempts", "waiting"))}),
        (_("Details"), {"fields": (("leased_until", "parked_at"), "error")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("activity")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        lag = pulse.journal_lag(at=timezone.now())
        shown = {"lag": lag, "oldest": waits.told(lag.oldest)}
        return super().changelist_view(request, {**(extra_context or {}), **shown})

    def has_release_permission(self, request: HttpRequest) -> bool:
        """Asked by the action below."""
        return may_change(self, request)

    @action(description=_("Try again"), permissions=["release"])
    def try_again(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        at = timezone.now()
        do_each(
            request,
            in_order(rows),
            lambda delivery: deliveries.release(delivery=delivery, at=at),
            lambda count: (
                ngettext("%(count)d delivery is tried again.", "%(count)d deliveries are tried again.", count)
                % {"count": count}
            ),
        )

    @display(description=_("task"), ordering="consumer")
    def whose(self, delivery: Delivery) -> str | Promise:
        return registry.task_of(delivery.consumer)

    @display(description=_("deed"))
    def deed(self, delivery: Delivery) -> str:
        return link(delivery.activity)

    @display(description=_("state"), label={"parked": "danger", "retrying": "warning", "waiting": "info"})
    def state(self, delivery: Delivery) -> tuple[str, Any]:
        if delivery.parked_at:
            return "parked", _("Parked")
        return ("retrying", _("Trying again")) if delivery.error else ("waiting", _("Waiting"))

    @display(description=_("waiting for"))
    def waiting(self, delivery: Delivery) -> str:
        return timesince(delivery.activity.at)
