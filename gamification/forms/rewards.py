"""Forms about rewards."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms.fields import Markdown
from community.forms.posting import KeyedForm


class RedeemForm(KeyedForm):
    """Agrees to a price; with what is sent, it says where to."""

    price = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ParcelForm(RedeemForm):
    """What is sent needs an address."""

    address = Markdown(
        label=_("Where shall we send it?"),
        max_length=400,
        widget=forms.Textarea(attrs={"autocomplete": "street-address"}),
        help_text=_("Name, street, place. Kept encrypted, and deleted as soon as it is sent."),
    )
