"""Payouts in the admin: propose, approve by somebody else, give to the bank, note what the bank did."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from ambassadors.admin.deeds import Deed, DeedsPage, asks_nothing
from ambassadors.admin.moves import moves_of
from ambassadors.models import Payout
from ambassadors.queries import payouts as reading
from ambassadors.services import payout_files, payouts
from community.admin import downloads
from community.admin.base import Tones
from community.models import Member
from community.refusals import Refusal
from community.templatetags.ui import money

State = Payout.State


class ProposalForm(forms.ModelForm[Payout]):
    """From which budget; everything else is found by the service."""

    class Meta:
        model = Payout
        fields = ("budget",)


def _approve(row: Payout, said: dict[str, Any], by: Member, at: datetime) -> None:
    payouts.approve(payout=row, by=by, at=at)


def _cancel(row: Payout, said: dict[str, Any], by: Member, at: datetime) -> None:
    payouts.cancel(payout=row, by=by, at=at, **said)


def _settle(row: Payout, said: dict[str, Any], by: Member, at: datetime) -> None:
    payouts.settle(payout=row, by=by, at=at)


def _fail(row: Payout, said: dict[str, Any], by: Member, at: datetime) -> None:
    payouts.fail(payout=row, by=by, at=at, **said)


def _again(row: Payout, said: dict[str, Any], by: Member, at: datetime) -> None:
    payouts.propose_again(payout=row, by=by, at=at)


def _pain(row: Payout, said: dict[str, Any], by: Member, at: datetime) -> HttpResponse:
    content = payout_files.as_pain(payout=row, by=by, at=at)
    return downloads.attachment(content, kind="application/xml", name=f"payout-{row.pk}.xml")


def _csv(row: Payout, said: dict[str, Any], by: Member, at: datetime) -> HttpResponse:
    return downloads.written(payout_files.as_csv(payout=row, by=by, at=at), name=f"payout-{row.pk}.csv")


def _is(*states: str) -> Any:
    return lambda row: row.state in states


LOOK = _("The file holds names and bank accounts. That you saw them is kept, and each ambassador can read it.")


@admin.register(Payout)
class PayoutPage(DeedsPage):
    """Two people see to every payout."""

    form = ProposalForm
    list_display = ("proposed_at", "sum", "state_label", "proposed_by", "approved_by")
    list_filter = ("state",)
    ordering = ("-proposed_at", "-id")
    readonly_fields = ("what_to_do", "sum", "transfers", "history")
    deeds: ClassVar = {
        "approve": Deed(
            _("Approve"),
            _("You have compared the transfers with the statements, and did not propose this payout yourself."),
            _is(State.PROPOSED),
            _approve,
            asks_nothing,
            "approve",
        ),
        "bank": Deed(_("File for the bank (pain.001)"), LOOK, _is(State.APPROVED, State.EXPORTED), _pain, asks_nothing),
        "table": Deed(_("Table (CSV)"), LOOK, _is(State.APPROVED, State.EXPORTED), _csv, asks_nothing),
        "paid": Deed(
            _("Note as paid"), _("Every ambassador in it is told."), _is(State.EXPORTED), _settle, asks_nothing
        ),
        "failed": Deed(_("Note as refused"), _("The bank did not take the file. Say why."), _is(State.EXPORTED), _fail),
        "again": Deed(
            _("Propose again"), _("Somebody else has to approve it once more."), _is(State.FAILED), _again, asks_nothing
        ),
        "cancel": Deed(
            _("Cancel"),
            _("What it holds is owed again and can be proposed anew."),
            _is(State.PROPOSED, State.APPROVED),
            _cancel,
        ),
    }

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("ambassadors.add_payout"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("proposed_by", "approved_by", "budget")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            hint = _("Everything that is owed goes into one payout: from the minimum on, and to known accounts.")
            return ((None, {"fields": ("budget",), "description": hint}),)
        obj.open_deeds = self.open_deeds(request, obj)
        people = (("proposed_by", "proposed_at"), ("approved_by", "approved_at"))
        return ((None, {"fields": ("what_to_do", ("state", "sum"), "budget", *people, "transfers", "history")}),)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        try:
            return super().add_view(request, form_url, extra_context)
        except Refusal as refusal:
            messages.warning(request, str(refusal.message))
            return redirect("admin:ambassadors_payout_changelist")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        made = payouts.propose(by=cast("Member", request.user), at=timezone.now(), budget=obj.budget)
        obj.pk = made.pk

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Kept as a row of its own, with who proposed it."""

    @display(description=_("total"), ordering="total")
    def sum(self, payout: Payout) -> str:
        return money(payout.total, payout.currency)

    @display(description=_("state"), ordering="state", label=Tones({
        State.PROPOSED: "warning", State.APPROVED: "info", State.EXPORTED: "info", State.PAID: "success",
        State.FAILED: "danger",
    }))  # fmt: skip
    def state_label(self, payout: Payout) -> tuple[str, str]:
        return payout.state, payout.get_state_display()

    @display(description=_("What to do"))
    def what_to_do(self, payout: Any) -> str:
        return render_to_string("admin/ambassadors/pay/deeds.html", {"deeds": payout.open_deeds})

    @display(description=_("Transfers"))
    def transfers(self, payout: Payout) -> str:
        context = {"payout": payout, "items": reading.items_of(payout)}
        return render_to_string("admin/ambassadors/pay/transfers.html", context)

    @display(description=_("How it came"))
    def history(self, payout: Payout) -> str:
        return moves_of(payout)
