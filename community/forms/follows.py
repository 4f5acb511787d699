"""Forms of following and of having the same question."""

from __future__ import annotations

from django import forms

from community.models import Follow


class FollowForm(forms.Form):
    """How much to hear of something; nothing chosen forgets the choice."""

    level = forms.ChoiceField(choices=Follow.Level.choices, required=False)


class MeTooForm(forms.Form):
    """1 for the same question, 0 to take it back."""

    value = forms.IntegerField(min_value=0, max_value=1)
