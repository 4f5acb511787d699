"""The ledger in the admin: every booking with its deed and its rule. It can be read, never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.paginator import InfinitePaginator

from community.admin.base import ReadOnlyPage, Tones, link
from gamification.models import Balance, Entry


@admin.register(Entry)
class EntryPage(ReadOnlyPage):
    """Append-only: the database refuses what this page does not offer."""

    list_display = ("at", "owner", "signed", "currency", "kind_label", "why", "deed")
    list_filter = ("currency", "kind", "rule_version__rule")
    search_fields = ("member__display_name", "member__handle", "activity__key")
    search_help_text = _("Member or key of the deed")
    ordering = ("-id",)
    paginator = InfinitePaginator
    fieldsets = (
        (None, {"fields": (("at", "booked_on"), ("owner", "signed"), ("currency", "kind"))}),
        (_("Reason"), {"fields": ("why", "deed", "taken_back")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("member", "activity", "rule_version__rule", "reverses")

    @display(description=_("member"))
    def owner(self, entry: Entry) -> str:
        return link(entry.member)

    @display(description=_("amount"), ordering="amount")
    def signed(self, entry: Entry) -> str:
        return format_html('<span class="tabular-nums font-medium">{}</span>', f"{entry.amount:+d}")

    @display(
        description=_("kind"),
        label=Tones({Entry.Kind.GRANT: "success", Entry.Kind.REVERSAL: "warning", Entry.Kind.CORRECTION: "info"}),
    )
    def kind_label(self, entry: Entry) -> tuple[str, str]:
        return entry.kind, entry.get_kind_display()

    @display(description=_("rule"))
    def why(self, entry: Entry) -> str:
        version = entry.rule_version
        return link(version.rule, f"{version.rule} · {version.number}") if version else "–"

    @display(description=_("deed"))
    def deed(self, entry: Entry) -> str:
        return link(entry.activity)

    @display(description=_("takes back"))
    def taken_back(self, entry: Entry) -> str:
        return link(entry.reverses)


@admin.register(Balance)
class BalancePage(ReadOnlyPage):
    """The sums of the ledger; `verify` compares them."""

    list_display = ("owner", "currency", "value")
    list_filter = ("currency",)
    search_fields = ("member__display_name", "member__handle")
    search_help_text = _("Member")
    ordering = ("-value", "member_id")
    fields = ("owner", "currency", "value")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("member")

    @display(description=_("member"))
    def owner(self, balance: Balance) -> str:
        return link(balance.member)
