"""The queue of e-mails in the admin: what waits, what was sent, what gave up, and another try for it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display
from unfold.paginator import InfinitePaginator

from community.admin.base import ReadOnlyPage, do_each, in_order, link, may_change
from community.admin.filters import ParkedFilter
from community.models import Mailing
from community.services import mailing


@admin.register(Mailing)
class MailingPage(ReadOnlyPage):
    """One row for each mail. Its words are made when it is sent and kept nowhere."""

    list_display = ("due_at", "reader", "channel", "state", "attempts", "sent_at", "error")
    list_filter = (ParkedFilter, "channel", ("sent_at", admin.EmptyFieldListFilter))
    search_fields = ("member__display_name", "member__handle", "key")
    search_help_text = _("Member or key")
    ordering = ("-due_at", "-pk")
    paginator = InfinitePaginator
    actions = ("try_again",)
    fieldsets = (
        (None, {"fields": (("reader", "channel"), ("state", "attempts"), "key")}),
        (_("Times"), {"fields": (("due_at", "leased_until"), ("sent_at", "dropped_at", "parked_at"), "error")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("member")

    def has_release_permission(self, request: HttpRequest) -> bool:
        """Asked by the action below."""
        return may_change(self, request)

    @action(description=_("Try again"), permissions=["release"])
    def try_again(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        at = timezone.now()
        do_each(
            request,
            in_order(rows.filter(parked_at__isnull=False)),
            lambda row: mailing.release(mailing=row, at=at),
            lambda count: (
                ngettext("%(count)d e-mail is tried again.", "%(count)d e-mails are tried again.", count)
                % {"count": count}
            ),
        )

    @display(description=_("member"))
    def reader(self, row: Mailing) -> str:
        return link(row.member)

    @display(
        description=_("state"),
        label={"parked": "danger", "retrying": "warning", "waiting": "info", "sent": "success", "dropped": "info"},
    )
    def state(self, row: Mailing) -> tuple[str, Any]:
        if row.sent_at:
            return "sent", _("Sent")
        if row.dropped_at:
            return "dropped", _("Nothing left to say")
        if row.parked_at:
            return "parked", _("Parked")
        return ("retrying", _("Trying again")) if row.error else ("waiting", _("Waiting"))
