"""Forms of the admin that put codes into the stock of a pool."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminIntegerFieldWidget

from gamification import codes
from gamification.services import coupon_pools

LARGEST = 1024 * 1024


class GenerateForm(forms.Form):
    """How many codes, and how long."""

    count = forms.IntegerField(
        label=_("How many"), min_value=1, max_value=coupon_pools.MOST, initial=100, widget=UnfoldAdminIntegerFieldWidget
    )
    length = forms.IntegerField(
        label=_("Signs of a code"),
        min_value=codes.SHORTEST,
        max_value=codes.LONGEST,
        initial=codes.LENGTH,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=_("In groups of four, without signs that look alike: no I, O, 0 and 1."),
    )


class UploadForm(forms.Form):
    """The shop's own codes."""

    file = forms.FileField(
        label=_("File"),
        widget=UnfoldAdminFileFieldWidget,
        help_text=_("CSV or text in UTF-8, a code in the first column of each line. A heading “code” is left out."),
    )

    def clean_file(self) -> Any:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than one megabyte."))
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is not text in UTF-8.")) from error
