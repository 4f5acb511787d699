"""The words of a talk as others would read them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chat.services.publications import LONGEST
from community.models import Thread


class PublicationForm(forms.Form):
    """Title, question and answer, which may be missing."""

    title = forms.CharField(label=_("Title"), min_length=Thread.TITLE_MIN, max_length=Thread.TITLE_MAX)
    question = forms.CharField(label=_("Question"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Leave it empty to ask the community."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
