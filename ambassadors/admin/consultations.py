"""Consultations in the admin: what counts and why, and disputes to decide."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminRadioSelectWidget

from ambassadors.admin.deeds import Deed, DeedsPage, ReasonForm
from ambassadors.admin.moves import moves_of
from ambassadors.models import Consultation
from ambassadors.queries import consultations as reading
from ambassadors.services import consultations
from community.admin.base import Tones
from community.models import Member
from community.templatetags.ui import money

State = Consultation.State


class VerdictForm(ReasonForm):
    """Whether it counts, and why."""

    counts = forms.TypedChoiceField(
        label=_("Decision"),
        choices=(("yes", _("It counts and is paid")), ("no", _("It does not count"))),
        coerce=lambda chosen: chosen == "yes",
        widget=UnfoldAdminRadioSelectWidget,
    )
    field_order = ("counts", "reason")


def _decide(row: Consultation, said: dict[str, Any], by: Member, at: datetime) -> None:
    consultations.decide(consultation=row, by=by, at=at, **said)


def _doubt(row: Consultation, said: dict[str, Any], by: Member, at: datetime) -> None:
    consultations.dispute(consultation=row, by=by, at=at, **said)


def _asks_verdict(row: Consultation, data: QueryDict | None) -> forms.Form:
    return VerdictForm(data)


@admin.register(Consultation)
class ConsultationPage(DeedsPage):
    """Nobody sees here what was said, only what was counted."""

    list_display = ("closed_at", "member", "about", "state_label", "why", "worth", "rated")
    list_filter = ("state", "why")
    search_fields = ("member__display_name", "member__handle")
    search_help_text = _("Ambassador")
    ordering = ("-closed_at", "-id")
    fields = (
        "what_to_do",
        ("member", "closed_at"),
        ("state", "why"),
        ("helper_messages", "visitor_replies"),
        ("about", "rated"),
        ("worth", "of_tier"),
        "history",
    )
    readonly_fields = ("what_to_do", "about", "rated", "worth", "of_tier", "history")
    deeds: ClassVar = {
        "decide": Deed(
            _("Decide the dispute"),
            _("The ambassador reads your decision and your reason."),
            lambda row: row.state == State.DISPUTED,
            _decide,
            _asks_verdict,
        ),
        "doubt": Deed(
            _("Look at it again"),
            _("It is not paid until somebody has decided. The ambassador reads why you doubt it."),
            lambda row: row.state in (State.PAYABLE, State.NOT_QUALIFIED),
            _doubt,
        ),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("member", "conversation__help__rating")
        return rows.select_related("conversation__help__product", "conversation__help__topic")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None:
            obj.open_deeds = self.open_deeds(request, obj)
        return super().get_fields(request, obj)

    @display(description=_("state"), ordering="state", label=Tones({
        State.PAYABLE: "success", State.SETTLED: "success", State.DISPUTED: "warning"
    }))  # fmt: skip
    def state_label(self, row: Consultation) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @display(description=_("about"))
    def about(self, row: Consultation) -> str:
        return reading.subject_of(row) or "–"

    @display(description=_("stars"))
    def rated(self, row: Consultation) -> str:
        return str(reading.stars_of(row) or "–")

    @display(description=_("fee"), ordering="fee")
    def worth(self, row: Consultation) -> str:
        return money(row.fee, row.currency)

    @display(description=_("tier"))
    def of_tier(self, row: Consultation) -> str:
        return ", ".join(sorted(set(row.tier.values()))) or "–"

    @display(description=_("What to do"))
    def what_to_do(self, row: Any) -> str:
        return render_to_string("admin/ambassadors/pay/deeds.html", {"deeds": row.open_deeds})

    @display(description=_("How it came"))
    def history(self, row: Consultation) -> str:
        return moves_of(row)
