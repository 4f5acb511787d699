"""Coupons in the admin: who holds one, and every use. Of a code no more than its last four signs is shown."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from community import vault
from community.admin.base import ReadOnlyPage, ReadOnlyRows, do_each, in_order, link, may_change
from community.models import Member
from gamification import codes
from gamification.models import Coupon, CouponUse
from gamification.services import coupons

State = Coupon.State


class UseRows(ReadOnlyRows):
    """What the shop did with it."""

    model = CouponUse
    fields = ("state", "basket", "order", "amount", "discount", "reserved_at", "redeemed_at", "ended_at")
    readonly_fields = fields


@admin.register(Coupon)
class CouponPage(ReadOnlyPage):
    """A code is found by typing all of it, as somebody read it out; it is never shown."""

    list_display = ("ending", "pool", "state_label", "owner", "used", "assigned_at", "expires_at")
    list_filter = ("state", "pool")
    search_fields = ("member__display_name", "member__handle", "last4")
    search_help_text = _("The whole code, its last four signs, or the member")
    ordering = ("-id",)
    inlines = (UseRows,)
    fieldsets = (
        (None, {"fields": (("ending", "pool"), ("state", "owner"), ("used", "expires_at"))}),
        (_("When"), {"fields": (("created_at", "assigned_at"), "deed")}),
    )
    actions = ("revoke",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("pool", "member", "activity")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        """A whole code by its digest; otherwise as every list is searched."""
        found = queryset.filter(digest__in=vault.digests(codes.normal(search_term))) if search_term else None
        if found is not None and found.exists():
            return found, False
        return super().get_search_results(request, queryset, search_term)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        """Asked by the action below."""
        return may_change(self, request)

    @action(description=_("Revoke"), permissions=["withdraw"])
    def revoke(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        at, by = timezone.now(), cast(Member, request.user)
        do_each(
            request,
            in_order(rows),
            lambda coupon: coupons.revoke(coupon=coupon, by=by, at=at),
            lambda count: ngettext("%(count)d is revoked.", "%(count)d are revoked.", count) % {"count": count},
        )

    @display(description=_("ends with"), ordering="last4")
    def ending(self, coupon: Coupon) -> str:
        return f"…{coupon.last4}"

    @display(
        description=_("state"),
        ordering="state",
        label={
            State.GENERATED: "default",
            State.ASSIGNED: "info",
            State.RESERVED: "warning",
            State.REDEEMED: "success",
            State.REFUNDED: "info",
            State.REVOKED: "danger",
            State.EXPIRED: "danger",
        },
    )
    def state_label(self, coupon: Coupon) -> tuple[str, str]:
        return coupon.state, coupon.get_state_display()

    @display(description=_("member"))
    def owner(self, coupon: Coupon) -> str:
        return link(coupon.member)

    @display(description=_("used"))
    def used(self, coupon: Coupon) -> str:
        return f"{coupon.redeemed}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{coupon.uses}"

    @display(description=_("deed"))
    def deed(self, coupon: Coupon) -> str:
        return link(coupon.activity)
