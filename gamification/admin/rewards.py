"""Rewards, lots and the terms of credits in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from unfold.decorators import display

from community import freshness
from community.admin.base import Page, ReadOnlyPage, link
from gamification.models import CreditTerms, Lot, Reward


class RewardForm(forms.ModelForm[Reward]):
    """What must go together is said beside its field."""

    class Meta:
        model = Reward
        fields = (
            *("name", "description", "kind", "pool", "picture", "headline", "price", "stock", "per_member"),
            *("min_level", "is_active", "starts_at", "ends_at", "budget", "worth"),
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        coupon = said.get("kind") == Reward.Kind.COUPON
        if coupon and not said.get("pool"):
            self.add_error("pool", _("A code comes from a pool."))
        if not coupon and said.get("pool"):
            self.add_error("pool", _("Only codes come from a pool."))
        if coupon and (said.get("budget") or said.get("worth")):
            self.add_error("worth", _("A code's cost is its pool's."))
        elif bool(said.get("budget")) != bool(said.get("worth")):
            self.add_error("worth", _("A cost needs a budget, and a budget a cost."))
        if said.get("stock") is not None and said["stock"] < self.instance.taken:
            self.add_error("stock", _("So many are taken already: %(n)d.") % {"n": self.instance.taken})
        if said.get("starts_at") and said.get("ends_at") and said["starts_at"] >= said["ends_at"]:
            self.add_error("ends_at", _("This must come after the beginning."))
        return said


@admin.register(Reward)
class RewardPage(Page, TranslationAdmin[Reward]):
    """The catalogue. A reward leaves it by a tick; it is never deleted, because redemptions name it."""

    form = RewardForm
    list_display = ("name", "kind", "price", "taken_of", "min_level", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name_de", "name_en")
    ordering = ("price", "id")
    readonly_fields = ("taken_of",)
    fieldsets = (
        (None, {"fields": (("name_de", "name_en"), ("description_de", "description_en"), ("picture", "headline"))}),
        (_("What one gets"), {"fields": (("kind", "pool"), ("budget", "worth"))}),
        (_("For whom"), {"fields": (("price", "min_level"), ("stock", "per_member"), "taken_of")}),
        (_("When"), {"fields": ("is_active", ("starts_at", "ends_at"))}),
    )

    @display(description=_("taken"))
    def taken_of(self, reward: Reward) -> str:
        return f"{reward.taken}" if reward.stock is None else f"{reward.taken} / {reward.stock}"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        if change:
            # Redemptions count ``taken`` at this very moment; everything else is written.
            obj.save(update_fields={field.name for field in obj._meta.concrete_fields} - {"id", "taken"})
        else:
            super().save_model(request, obj, form, change)
        transaction.on_commit(freshness.changed, robust=True)


@admin.register(Lot)
class LotPage(ReadOnlyPage):
    """What is left of which credits, and until when."""

    list_display = ("who", "remaining", "amount", "expires_on", "warned_at", "reminded_at")
    list_filter = (("expires_on", admin.DateFieldListFilter),)
    search_fields = ("member__display_name", "member__handle")
    search_help_text = _("Member")
    ordering = ("expires_on", "id")
    fields = ("who", ("remaining", "amount"), "expires_on", ("warned_at", "reminded_at"), "booking")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("member", "entry")

    @display(description=_("member"))
    def who(self, lot: Lot) -> str:
        return link(lot.member)

    @display(description=_("booked with"))
    def booking(self, lot: Lot) -> str:
        return link(lot.entry)


@admin.register(CreditTerms)
class CreditTermsPage(Page):
    """How long credits last."""

    list_display = ("__str__", "months")
    fields = ("months",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
