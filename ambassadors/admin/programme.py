"""The programme in the admin: ambassadors with their deeds, tiers with their fees, and the agreements."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from ambassadors.admin.deeds import Deed, DeedsPage, ReasonForm
from ambassadors.admin.moves import moves_of
from ambassadors.models import Agreement, AgreementGiven, Ambassador, Tier, TierFee
from ambassadors.queries import programme as queries
from ambassadors.queries import training
from ambassadors.services import agreements, programme, tiers
from community.admin.base import Page, ReadOnlyPage, Rows, Spoken, Tones
from community.models import Member

State = Ambassador.State
COLOURS = Tones(
    {
        State.ONBOARDING: "info",
        State.ACTIVE: "success",
        State.PAUSED: "warning",
        State.LEAVING: "warning",
        State.ALUMNI: "default",
    }
)


class TierForm(ReasonForm):
    """Another tier, and why."""

    tier: forms.ModelChoiceField[Tier] = forms.ModelChoiceField(
        Tier.objects.all(), label=_("Tier"), widget=UnfoldAdminSelectWidget
    )
    field_order = ("tier", "reason")


def _pause(row: Ambassador, said: dict[str, Any], by: Member, at: datetime) -> None:
    programme.pause(ambassador=row, by=by, at=at, reason=said["reason"])


def _resume(row: Ambassador, said: dict[str, Any], by: Member, at: datetime) -> None:
    programme.resume(ambassador=row, by=by, at=at, reason=said["reason"])


def _leave(row: Ambassador, said: dict[str, Any], by: Member, at: datetime) -> None:
    programme.leave(ambassador=row, by=by, at=at, reason=said["reason"])


def _undo(row: Ambassador, said: dict[str, Any], by: Member, at: datetime) -> None:
    programme.undo(ambassador=row, by=by, at=at, reason=said["reason"])


def _tier(row: Ambassador, said: dict[str, Any], by: Member, at: datetime) -> None:
    tiers.put(ambassador=row, tier=said["tier"], by=by, at=at, reason=said["reason"])


def _tier_form(row: Ambassador, data: QueryDict | None) -> forms.Form:
    return TierForm(data)


@admin.register(Ambassador)
class AmbassadorPage(DeedsPage):
    """Who is in the programme; every change is a deed with a reason."""

    list_display = ("member", "state_label", "tier", "since", "tier_until", "grace_until")
    list_filter = ("state", "tier")
    list_select_related = ("member", "tier")
    search_fields = ("member__display_name", "member__handle")
    ordering = ("-begun_at", "-id")
    fields = ("member", "state", "tier", "since", "tier_until", "grace_until", "what_to_do", "file", "history")
    readonly_fields = ("what_to_do", "file", "history")
    deeds: ClassVar = {
        "tier": Deed(
            _("Give a tier"),
            _("From now on its fee counts."),
            lambda row: row.state in (State.ACTIVE, State.PAUSED),
            _tier,
            _tier_form,
        ),
        "pause": Deed(_("Pause"), _("No new talks; the tier stays."), lambda row: row.state == State.ACTIVE, _pause),
        "resume": Deed(_("Go on"), _("The desk opens again."), lambda row: row.state == State.PAUSED, _resume),
        "leave": Deed(
            _("End it"),
            _("No new talks; what is owed is paid, then it ends."),
            lambda row: row.state in (State.ONBOARDING, State.ACTIVE, State.PAUSED),
            _leave,
        ),
        "undo": Deed(
            _("Take the last move back"),
            _("A pause or a farewell that was a mistake."),
            lambda row: row.state in (State.PAUSED, State.LEAVING),
            _undo,
        ),
    }

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is not None:
            obj.open_deeds = self.open_deeds(request, obj)
        return super().get_fields(request, obj)

    @display(description=_("state"), ordering="state", label=COLOURS)
    def state_label(self, row: Ambassador) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @display(description=_("What to do"))
    def what_to_do(self, row: Any) -> str:
        return render_to_string("admin/ambassadors/pay/deeds.html", {"deeds": row.open_deeds})

    @display(description=_("Agreements and lessons"))
    def file(self, row: Ambassador) -> str:
        context = {
            "texts": queries.texts_of(row.member),
            "lessons": training.overview(row.member),
            "changes": queries.tier_history(row),
        }
        return render_to_string("admin/ambassadors/programme/file.html", context)

    @display(description=_("How it came"))
    def history(self, row: Ambassador) -> str:
        return moves_of(row)


class FeeRows(Rows):
    """Fees are added with a date, never changed."""

    model = TierFee
    extra = 0
    hide_title = True
    can_delete = False
    fields = ("amount", "currency", "valid_from")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Tier)
class TierPage(Page, TranslationAdmin[Tier]):
    """What a tier asks for and what it pays."""

    list_display = ("name", "position", "consultations", "rating", "validity_months", "fee")
    ordering = ("position",)
    inlines = (FeeRows,)
    fieldsets = (
        (None, {"fields": (("name_de", "name_en"), ("position", "medal"))}),
        (_("To reach it"), {"fields": (("consultations", "rating"),)}),
        (
            _("To reach and to keep it"),
            {"fields": (("window_days", "window_consultations", "window_rating"), ("validity_months", "grace_days"))},
        ),
    )

    @display(description=_("fee"))
    def fee(self, tier: Tier) -> str:
        found = queries.fee_of(tier, timezone.now())
        return str(found) if found else "–"


class AgreementForm(forms.ModelForm[Agreement]):
    """The words of the version in force; other words become a new version."""

    body_de = forms.CharField(label=_("Text in German"), widget=UnfoldAdminTextareaWidget({"rows": 16}))
    body_en = forms.CharField(label=_("Text in English"), widget=UnfoldAdminTextareaWidget({"rows": 16}))

    class Meta:
        model = Agreement
        fields = ("key", "kind", "position", "title", "is_required")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = self.instance.versions.order_by("-number").first() if self.instance.pk else None
        for code, _name in settings.LANGUAGES:
            if last is not None and f"body_{code}" in self.fields:
                self.fields[f"body_{code}"].initial = getattr(last, f"body_{code}")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Agreement.Kind.CONTRACT and not cleaned.get("is_required"):
            self.add_error("is_required", _("Without a contract nobody can be an ambassador."))
        return cleaned


@admin.register(Agreement)
class AgreementPage(Page, TranslationAdmin[Agreement]):
    """Texts to sign. What was signed stays as it was signed."""

    form = AgreementForm
    list_display = ("title", "kind", "is_required", "in_force", "signed")
    ordering = ("position", "id")
    fieldsets = (
        (None, {"fields": (("title_de", "title_en"), ("key", "kind"), ("position", "is_required"))}),
        (
            _("Text"),
            {
                "fields": ("body_de", "body_en"),
                "description": _("Other words become a new version. Whoever signed the old one is bound by that."),
            },
        ),
    )

    @display(description=_("version"))
    def in_force(self, agreement: Agreement) -> str:
        last = agreement.versions.order_by("-number").first()
        return f"{last.number} · {last.digest[:8]}" if last else "–"

    @display(description=_("signed by"))
    def signed(self, agreement: Agreement) -> int:
        return agreement.given.filter(withdrawn_at=None).count()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        super().save_model(request, obj, form, change)
        bodies = {code: form.cleaned_data[f"body_{code}"] for code, _name in settings.LANGUAGES}
        agreements.publish(agreement=obj, bodies=bodies, by=cast("Member", request.user), at=timezone.now())


@admin.register(AgreementGiven)
class AgreementGivenPage(Spoken, ReadOnlyPage):
    """Who signed what, and when that ended."""

    list_display = ("member", "agreement", "version", "spoken", "given_at", "withdrawn_at")
    list_filter = ("agreement",)
    list_select_related = ("member", "agreement", "version")
    search_fields = ("member__display_name", "member__handle")
    ordering = ("-given_at", "-id")
    fields = ("member", "agreement", "version", "spoken", "digest", "given_at", "withdrawn_at")
