"""Budgets in the admin: a cap in real money, and a chart of what draws on it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from community.admin.base import Page
from gamification.admin.budget_chart import bars, in_words
from gamification.models import Budget
from gamification.queries import coupons as reading
from gamification.services import budgets


class BudgetForm(forms.ModelForm[Budget]):
    """Name and cap. A budget stays in its currency."""

    class Meta:
        model = Budget
        fields = ("name", "currency", "cap")

    def clean_cap(self) -> Any:
        """Say at the field what the service would refuse."""
        cap = self.cleaned_data["cap"]
        if self.instance.pk and cap < self.instance.reserved + self.instance.spent:
            raise forms.ValidationError(budgets.CapTooLow.message)
        return cap


@admin.register(Budget)
class BudgetPage(Page):
    """Whatever happens at once: promised and spent together stay below the cap."""

    form = BudgetForm
    list_display = ("name", "cap_told", "promised", "paid", "free")
    search_fields = ("name",)
    ordering = ("name",)
    readonly_fields = ("promised", "paid", "free", "chart")

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        money = (None, {"fields": ("name", ("currency", "cap"))})
        if obj is None:
            return (money,)
        return (money, (_("Use"), {"fields": (("promised", "paid"), "free", "chart")}))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return (*self.readonly_fields, "currency") if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        if not change:
            obj.save()
            return
        obj.save(update_fields=["name"])
        budgets.set_cap(budget=obj, cap=obj.cap)

    @display(description=_("cap"), ordering="cap")
    def cap_told(self, budget: Budget) -> str:
        return told(budget.cap, budget.currency)

    @display(description=_("promised"), ordering="reserved")
    def promised(self, budget: Budget) -> str:
        return told(budget.reserved, budget.currency)

    @display(description=_("spent"), ordering="spent")
    def paid(self, budget: Budget) -> str:
        return told(budget.spent, budget.currency)

    @display(description=_("free"))
    def free(self, budget: Budget) -> str:
        return told(budget.cap - budget.reserved - budget.spent, budget.currency)

    @display(description=_("What draws on it"))
    def chart(self, budget: Budget) -> str:
        rows = in_words(reading.uses_of(budget))
        context = {"budget": budget, "rows": rows, "chart": bars(rows)}
        return render_to_string("admin/gamification/budget/chart.html", context)


def told(amount: Decimal, currency: str) -> str:
    """Money with its currency."""
    return f"{number_format(amount, 2, use_l10n=True, force_grouping=True)}\N{NO-BREAK SPACE}{currency}"
