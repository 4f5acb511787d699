"""Statements in the admin: to read, and to correct by another one."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from ambassadors.admin.deeds import Deed, DeedsPage, ReasonForm
from ambassadors.models import Statement, StatementLine
from ambassadors.queries import statements as reading
from ambassadors.services import statements
from community.admin.base import ReadOnlyRows, link
from community.models import Member
from community.templatetags.ui import money


class CorrectionForm(ReasonForm):
    """What to add to each line, or with a minus to take from it."""

    def __init__(self, statement: Statement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(reading.lines_of(statement))
        for line in self.lines:
            label = _("Line %(position)s, %(day)s: %(amount)s") % {
                "position": line.position,
                "day": date_format(line.consultation.closed_at, "SHORT_DATE_FORMAT"),
                "amount": money(line.amount, statement.currency),
            }
            self.fields[f"line-{line.pk}"] = forms.DecimalField(
                label=label, max_digits=9, decimal_places=2, required=False, widget=UnfoldAdminDecimalFieldWidget()
            )
        self.order_fields([*(f"line-{line.pk}" for line in self.lines), "reason"])

    def clean(self) -> dict[str, Any]:
        """The lines with their amounts."""
        said: dict[str, Any] = super().clean() or {}
        amounts = ((line, said.pop(f"line-{line.pk}", None)) for line in self.lines)
        return {**said, "lines": [(line, amount) for line, amount in amounts if amount]}


def _correct(row: Statement, said: dict[str, Any], by: Member, at: datetime) -> None:
    statements.correct(lines=said["lines"], by=by, reason=said.get("reason", ""), at=at)


class LineRows(ReadOnlyRows):
    """The lines of a statement."""

    model = StatementLine
    fields = ("position", "talk", "stars", "paid")
    readonly_fields = ("talk", "paid")
    verbose_name_plural = _("lines")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("consultation", "statement")

    @display(description=_("talk"))
    def talk(self, line: StatementLine) -> str:
        return link(line.consultation, date_format(line.consultation.closed_at, "SHORT_DATETIME_FORMAT"))

    @display(description=_("amount"))
    def paid(self, line: StatementLine) -> str:
        return money(line.amount, line.statement.currency)


@admin.register(Statement)
class StatementPage(DeedsPage):
    """What was stated stays stated."""

    list_display = ("number", "member", "month", "sum", "kind", "issued_at")
    list_filter = ("period",)
    search_fields = ("=number", "member__display_name", "member__handle")
    search_help_text = _("Number or ambassador")
    ordering = ("-number",)
    inlines = (LineRows,)
    fields = ("what_to_do", ("number", "month"), ("member", "issued_at"), ("sum", "vat_rate"), "corrects", "reason",
              "issued_by", "previous_hash", "hash")  # fmt: skip
    readonly_fields = ("what_to_do", "month", "sum")
    deeds: ClassVar = {
        "correct": Deed(
            _("Correct it"),
            _("The statement stays as it is. A new one adds what you enter, or takes it away with a minus."),
            lambda row: row.corrects_id is None,
            _correct,
            CorrectionForm,
        )
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("member", "corrects", "issued_by")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None:
            obj.open_deeds = self.open_deeds(request, obj)
        return super().get_fields(request, obj)

    @display(description=_("month"), ordering="period")
    def month(self, statement: Statement) -> str:
        return date_format(statement.period, "YEAR_MONTH_FORMAT")

    @display(description=_("total"), ordering="total")
    def sum(self, statement: Statement) -> str:
        return money(statement.total, statement.currency)

    @display(description=_("kind"))
    def kind(self, statement: Statement) -> str:
        return str(_("Correction") if statement.corrects_id else _("Monthly statement"))

    @display(description=_("What to do"))
    def what_to_do(self, statement: Any) -> str:
        return render_to_string("admin/ambassadors/pay/deeds.html", {"deeds": statement.open_deeds})
