"""What signing up asks beside e-mail address and password, on the page and from apps alike.

allauth builds its own forms upon this one, so it stands in a module that imports nothing of allauth.
"""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.forms.fields import Line
from community.models import Member


class SignupFields(forms.Form):
    """The display name; apps may leave it out and get one made up."""

    display_name = Line(
        label=_("Display name"),
        min_length=2,
        max_length=60,
        required=False,
        help_text=_("Everybody sees it beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def signup(self, request: HttpRequest, user: Member) -> None:
        """Do nothing more: allauth calls this when the adapter has stored everything."""
