"""Forms at the door of an event."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TicketForm(forms.Form):
    """A ticket's code, scanned or typed; a scanned one may come as the address that the picture holds."""

    code = forms.CharField(label=_("Code of the ticket"), max_length=300)

    def clean_code(self) -> str:
        """The code alone."""
        code: str = self.cleaned_data["code"]
        return code.rpartition("code=")[2].strip()


class FrameForm(forms.Form):
    """What the camera sees."""

    frame = forms.FileField()
