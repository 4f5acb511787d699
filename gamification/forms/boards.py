"""Form of the switch that hides from boards."""

from __future__ import annotations

from django import forms


class ShownForm(forms.Form):
    """Whether to be shown on boards; a box that is not ticked sends nothing."""

    shown = forms.BooleanField(required=False)
