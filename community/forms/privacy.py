"""The form with which a member ends their account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.models import Member


class ErasureForm(forms.Form):
    """Asks for the handle, so that nobody ends an account with one slip."""

    handle = forms.CharField(
        label=_("Type your handle"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, data: Any = None, *, member: Member) -> None:
        super().__init__(data)
        self.member = member
        self.fields["handle"].help_text = member.handle

    def clean_handle(self) -> str:
        handle: str = self.cleaned_data["handle"].strip().lower()
        if handle != self.member.handle:
            raise forms.ValidationError(_("That is not your handle. Type it as it stands below."), "handle")
        return handle
