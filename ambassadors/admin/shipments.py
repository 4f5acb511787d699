"""Shipments in the admin: who waits for a sample, labels, and an address for who packs and nobody else."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from ambassadors.admin.moves import moves_of
from ambassadors.models import Shipment
from ambassadors.queries import shipments as queries
from ambassadors.services import addresses, shipments
from community.admin import downloads
from community.admin.base import Page, Tones, do_each, in_order, link
from community.models import Member
from community.refusals import Refusal

PACK = "ambassadors.pack_shipment"
LOOKS = 20
State = Shipment.State
SEND, ARRIVE, LOSE, AGAIN, BACK, CANCEL = "send", "arrive", "lose", "again", "back", "cancel"
NAMES = {
    SEND: _("It is on its way"),
    ARRIVE: _("It has arrived"),
    LOSE: _("It got lost"),
    AGAIN: _("Pack another one"),
    BACK: _("It came back"),
    CANCEL: _("It is not sent"),
}
DEEDS = {
    State.PREPARING: (SEND, CANCEL),
    State.SENT: (ARRIVE, LOSE, BACK),
    State.DELIVERED: (BACK,),
    State.LOST: (AGAIN,),
}
LABELS = Tones(
    {
        State.PREPARING: "warning",
        State.SENT: "info",
        State.DELIVERED: "success",
        State.LOST: "danger",
        State.RETURNED: "info",
        State.CANCELLED: "danger",
    }
)


class ShipmentForm(forms.ModelForm[Shipment]):
    """What became of the parcel."""

    deed = forms.ChoiceField(label=_("What happened"), widget=UnfoldAdminSelectWidget)
    carrier = forms.ChoiceField(
        label=_("Carrier"),
        required=False,
        choices=[("", "---------"), *Shipment.Carrier.choices],
        widget=UnfoldAdminSelectWidget,
        help_text=_("With “It is on its way”. The tester reads it with the number."),
    )
    tracking = forms.CharField(
        label=_("Number to follow it"), required=False, max_length=80, widget=UnfoldAdminTextInputWidget
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Needed where it got lost or is not sent: what you know. The tester reads it."),
    )

    class Meta:
        model = Shipment
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deeds = DEEDS.get(State(self.instance.state), ()) if self.instance.pk else ()
        self.fields["deed"].choices = [("", "---------"), *((deed, NAMES[deed]) for deed in deeds)]  # type: ignore[attr-defined] # a choice field
        if self.instance.state != State.PREPARING:
            del self.fields["carrier"], self.fields["tracking"]


@admin.register(Shipment)
class ShipmentPage(Page):
    """Parcels on their way. Addresses are not among the fields: they are opened one by one, and each look is kept."""

    form = ShipmentForm
    list_display = ("tester_name", "test_title", "state_label", "carrier", "sent_at", "delivered_at")
    list_display_links = ("tester_name",)
    list_filter = ("state", "tester__test")
    search_fields = ("tester__member__display_name", "tester__member__handle", "=tracking")
    search_help_text = _("Tester, or the whole number of the parcel")
    ordering = ("-id",)
    actions = ("print_labels", "note_arrival")
    readonly_fields = (
        "tester_name", "test_title", "stands", "carrier_name", "number", "sent_at", "delivered_at", "history",
    )  # fmt: skip
    change_form_outer_after_template = "admin/ambassadors/shipment/address.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("tester__member", "tester__test__product")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(never_cache(require_POST(self.show_address)))
        name = "ambassadors_shipment_address"
        return [path("<int:pk>/address/", view, name=name), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        over = isinstance(obj, Shipment) and State(obj.state) not in DEEDS
        return bool(super().has_change_permission(request, obj)) and not over

    def has_pack_permission(self, request: HttpRequest) -> bool:
        """Asked by the action that makes labels."""
        return bool(request.user.has_perm(PACK))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = (
            None,
            {"fields": (("tester_name", "test_title"), ("stands", "sent_at"), ("carrier_name", "number"), "history")},
        )
        if not self.has_change_permission(request, obj):
            return (shown,)
        extra = (("carrier", "tracking"),) if obj is not None and obj.state == State.PREPARING else ()
        return (shown, (_("What became of it"), {"fields": ("deed", *extra, "reason")}))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """The page with the button that opens the address, for who may and while somebody has to know it."""
        shipment = self.get_object(request, object_id)
        needed = isinstance(shipment, Shipment) and queries.is_needed(shipment)
        more = {
            "shipment": shipment,
            "may_open": needed and request.user.has_perm(PACK),
            "is_needed": needed,
            "looks": _looks(shipment) if isinstance(shipment, Shipment) else [],
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **more})

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What somebody else did meanwhile, or the machine forbids, is told on top of the page."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
            return HttpResponseRedirect(request.path)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        by, at, said = cast("Member", request.user), timezone.now(), form.cleaned_data
        reason = said["reason"]
        match said["deed"]:
            case "send":
                shipments.send(shipment=obj, by=by, carrier=said["carrier"], tracking=said["tracking"], at=at)
            case "arrive":
                shipments.arrive(shipment=obj, by=by, at=at)
            case "lose":
                shipments.lose(shipment=obj, by=by, reason=reason, at=at)
            case "again":
                shipments.pack_again(shipment=obj, by=by, at=at)
            case "back":
                shipments.come_back(shipment=obj, by=by, reason=reason, at=at)
            case _:
                shipments.cancel(shipment=obj, by=by, reason=reason, at=at)

    def show_address(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The address, once; that it was shown is kept."""
        if not request.user.has_perm(PACK):
            raise PermissionDenied
        shipment = get_object_or_404(self.get_queryset(request), pk=pk)
        try:
            text = addresses.show(shipment=shipment, by=cast("Member", request.user), at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
            return HttpResponseRedirect(reverse("admin:ambassadors_shipment_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": str(shipment.tester.member),
            "opts": self.opts,
            "shipment": shipment,
            "address": text,
        }
        return TemplateResponse(request, "admin/ambassadors/shipment/shown.html", context)

    @action(description=_("Labels (CSV)"), permissions=["pack"])
    def print_labels(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        """The addresses of what is to be packed; each of them counts as looked at."""
        chosen = in_order(rows.filter(state=State.PREPARING))
        try:
            told = shipments.labels(shipments=chosen, by=cast("Member", request.user), at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
            return None
        return downloads.written(told, name="labels.csv")

    @action(description=_("It has arrived"), permissions=["change"])
    def note_arrival(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        by, at = cast("Member", request.user), timezone.now()
        do_each(
            request,
            in_order(rows),
            lambda shipment: shipments.arrive(shipment=shipment, by=by, at=at),
            lambda count: ngettext("%(n)d has arrived.", "%(n)d have arrived.", count) % {"n": count},
        )

    @display(description=_("tester"), ordering="tester__member__display_name")
    def tester_name(self, shipment: Shipment) -> str:
        return str(shipment.tester.member)

    @display(description=_("product test"))
    def test_title(self, shipment: Shipment) -> str:
        return str(shipment.tester.test)

    @display(description=_("state"), ordering="state", label=LABELS)
    def state_label(self, shipment: Shipment) -> tuple[str, str]:
        return shipment.state, shipment.get_state_display()

    @display(description=_("state"))
    def stands(self, shipment: Shipment) -> str:
        return shipment.get_state_display()

    @display(description=_("carrier"))
    def carrier_name(self, shipment: Shipment) -> str:
        return shipment.get_carrier_display() or "–"

    @display(description=_("number"))
    def number(self, shipment: Shipment) -> str:
        return shipment.tracking or "–"

    @display(description=_("How it came"))
    def history(self, shipment: Shipment) -> str:
        return moves_of(shipment)


def _looks(shipment: Shipment) -> list[dict[str, Any]]:
    """Who has seen the address of this parcel, the latest first."""
    return [{"by": link(row.by), "at": row.at} for row in queries.looks(shipment)[:LOOKS]]
