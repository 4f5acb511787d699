"""Redemptions in the admin: hand over what was bought, or give the credits back with a reason."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from community.admin.base import Page, do_each, in_order, link
from community.models import Member
from community.refusals import Refusal
from gamification.models import Redemption
from gamification.services import redemptions

DONE, BACK = "fulfil", "refund"
DEEDS: dict[str, list[tuple[str, Any]]] = {
    Redemption.State.OPEN: [("", "---------"), (DONE, _("Done: sent or arranged")), (BACK, _("Give the credits back"))],
    Redemption.State.FULFILLED: [("", "---------"), (BACK, _("Give the credits back"))],
}


class RedemptionForm(forms.ModelForm[Redemption]):
    """What becomes of it, with one line for the member."""

    deed = forms.ChoiceField(label=_("Decision"), widget=UnfoldAdminSelectWidget)
    words = forms.CharField(
        label=_("A word for the member"),
        max_length=300,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("With what is done: a date, a link, a number to follow. With a refund: the reason."),
    )

    class Meta:
        model = Redemption
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deed"].choices = DEEDS.get(self.instance.state, [])  # type: ignore[attr-defined] # a choice field

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("deed") == BACK and not said.get("words", "").strip():
            self.add_error("words", str(redemptions.ReasonMissing.message))
        return said


@admin.register(Redemption)
class RedemptionPage(Page):
    """What was bought. It is done or refunded, once; nothing is edited."""

    form = RedemptionForm
    list_display = ("at", "what", "who", "price", "state_label")
    list_display_links = ("at",)
    list_filter = ("state", "reward__kind", "reward")
    search_fields = ("member__display_name", "member__handle")
    search_help_text = _("Member")
    ordering = ("-id",)
    actions = ("fulfil",)
    readonly_fields = ("what", "who", "price", "state_label", "at", "coupon", "send_to", "note", "done", "back")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related("reward", "member", "coupon", "fulfilled_by", "refunded_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        over = isinstance(obj, Redemption) and obj.state == Redemption.State.REFUNDED
        return bool(super().has_change_permission(request, obj)) and not over

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = (
            (None, {"fields": (("what", "who"), ("price", "at"), ("state_label", "coupon"), "send_to")}),
            (_("What became of it"), {"fields": ("note", "done", "back")}),
        )
        if not self.has_change_permission(request, obj):
            return shown
        return (*shown, (_("Decision"), {"fields": ("deed", "words")}))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What somebody else decided meanwhile, or the shop's till, is told on top of the page."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
            return HttpResponseRedirect(request.path)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        by, at, said = cast("Member", request.user), timezone.now(), form.cleaned_data
        if said["deed"] == DONE:
            redemptions.fulfil(redemption=obj, by=by, note=said["words"], at=at)
        else:
            redemptions.refund(redemption=obj, by=by, reason=said["words"], at=at)

    @action(description=_("Done: sent or arranged"), permissions=["change"])
    def fulfil(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        by, at = cast("Member", request.user), timezone.now()
        do_each(
            request,
            in_order(rows),
            lambda redemption: redemptions.fulfil(redemption=redemption, by=by, at=at),
            lambda count: ngettext("%(n)d redemption is done.", "%(n)d redemptions are done.", count) % {"n": count},
        )

    @display(description=_("reward"))
    def what(self, redemption: Redemption) -> str:
        return link(redemption.reward)

    @display(description=_("member"))
    def who(self, redemption: Redemption) -> str:
        return link(redemption.member)

    @display(description=_("state"), label={"open": "warning", "fulfilled": "success", "refunded": "info"})
    def state_label(self, redemption: Redemption) -> tuple[str, str]:
        return redemption.state, redemption.get_state_display()

    @display(description=_("send to"))
    def send_to(self, redemption: Redemption) -> str:
        address = redemptions.address_of(redemption)
        return format_html('<span class="whitespace-pre-line">{}</span>', address) if address else "–"

    @display(description=_("done by"))
    def done(self, redemption: Redemption) -> str:
        return link(redemption.fulfilled_by)

    @display(description=_("refunded by"))
    def back(self, redemption: Redemption) -> str:
        if not redemption.refunded_at:
            return "–"
        return format_html("{}: {}", link(redemption.refunded_by), redemption.refund_reason)
