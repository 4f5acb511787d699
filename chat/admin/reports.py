"""Messages that participants showed to the team: the message alone, and what to do about it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from chat.models import MessageReport
from chat.services import reports
from community.admin.base import ReadOnlyPage, do_each, in_order, may_change
from community.models import Member


@admin.register(MessageReport)
class MessageReportPage(ReadOnlyPage):
    """Nothing else of the conversation is shown here: only what somebody who was in it chose to show."""

    list_display = ("at", "reason", "who", "said", "outcome")
    list_filter = ("outcome", "reason")
    ordering = ("-at", "-id")
    fields = ("at", "member", "reason", "note", "who", "said", "outcome", "decided_by", "decided_at")
    actions = ("remove", "keep")
    list_select_related = ("message__member", "message__visitor", "member", "decided_by")

    def has_decide_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Asked by the actions below."""
        return may_change(self, request)

    @display(description=_("Written by"))
    def who(self, report: MessageReport) -> str:
        """The sender, by the name that the conversation shows."""
        return str(report.message.member or report.message.visitor or report.message.get_kind_display())

    @display(description=_("Message"))
    def said(self, report: MessageReport) -> str:
        """The words, or that they are gone."""
        return str(_("(deleted)")) if report.message.deleted_at else report.message.body

    @action(description=_("Remove the message"), permissions=["decide"])
    def remove(self, request: HttpRequest, queryset: QuerySet[MessageReport]) -> None:
        """Empty the messages of the chosen reports."""
        self._decide(request, queryset, remove=True)

    @action(description=_("Leave the message"), permissions=["decide"])
    def keep(self, request: HttpRequest, queryset: QuerySet[MessageReport]) -> None:
        """Find nothing wrong with them."""
        self._decide(request, queryset, remove=False)

    def _decide(self, request: HttpRequest, queryset: QuerySet[MessageReport], *, remove: bool) -> None:
        by, at = cast(Member, request.user), timezone.now()
        do_each(
            request,
            in_order(queryset),
            lambda report: reports.decide(report=report, by=by, remove=remove, at=at),
            lambda n: ngettext("%(n)d report decided.", "%(n)d reports decided.", n) % {"n": n},
        )
