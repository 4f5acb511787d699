"""What every form that posts something carries: a key that makes a double submit one post."""

from __future__ import annotations

from uuid import uuid4

from django import forms


class KeyedForm(forms.Form):
    """Adds the hidden key; it is new for each page and kept while its errors are corrected."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
