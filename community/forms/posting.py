"""What forms of posts carry: a key that makes a double submit one post, the version of the draft, a reason."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from community.forms.fields import Line
from community.models import Revision


class KeyedForm(forms.Form):
    """Adds the hidden key; it is new for each page and kept while its errors are corrected."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)


class DraftedForm(forms.Form):
    """Adds the hidden version of the draft with which the form was opened, or that the page saved since."""

    draft = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0, min_value=0, max_value=2**53)


class ChangeForm(DraftedForm):
    """Changes a post, and may say why."""

    reason = Line(
        label=_("Why you change it"),
        required=False,
        max_length=Revision.REASON_MAX,
        help_text=_("Everybody sees it in the history."),
    )
