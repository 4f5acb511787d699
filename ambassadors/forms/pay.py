"""Forms of pay: a dispute, and where somebody is paid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors.services.tax_profiles import Details
from community.forms.fields import Line, Markdown


class DisputeForm(forms.Form):
    """Why a talk was judged wrongly."""

    reason = Markdown(label=_("Why do you see it differently?"), max_length=1_000)


class TaxProfileForm(forms.Form):
    """Everything that is needed to pay somebody."""

    name = Line(label=_("Name"), max_length=70, help_text=_("As your bank has it."))
    street = Line(label=_("Street and number"), max_length=70)
    postcode = Line(label=_("Postcode"), max_length=16)
    city = Line(label=_("City"), max_length=70)
    country = Line(label=_("Country"), max_length=56)
    tax_number = Line(
        label=_("Tax number"), max_length=40, help_text=_("Or your VAT number. It stands on your statements.")
    )
    iban = Line(label="IBAN", max_length=42)
    small_business = forms.BooleanField(
        label=_("I am a small business and charge no VAT"),
        help_text=_("Otherwise your fee includes the VAT that you owe."),
        required=False,
        initial=True,
    )

    def clean_iban(self) -> str:
        """In one piece, as computers like it."""
        iban: str = self.cleaned_data["iban"]
        return iban.replace(" ", "").upper()

    def details(self) -> Details:
        """What was entered."""
        said: dict[str, Any] = self.cleaned_data
        return Details(**said)
