"""The form of a merger: which question this one goes into."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

#: An address of a thread, or its number alone.
ADDRESS = re.compile(r"(?:.*/threads/)?(\d{1,18})(?:/.*)?")


class MergeForm(forms.Form):
    """The other question, by address or number; ``confirmed`` once both were shown side by side."""

    into = forms.CharField(
        label=_("Address or number of the other question"),
        max_length=300,
        help_text=_("Open the other question and copy its address from the browser."),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_into(self) -> int:
        """The number in what was typed."""
        found = ADDRESS.fullmatch(self.cleaned_data["into"].strip())
        if found is None:
            raise forms.ValidationError(_("This is not the address of a question."), "unknown")
        return int(found[1])
