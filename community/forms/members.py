"""Form of one's own profile and settings."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from community.forms.fields import Line
from community.models import Member
from community.models.member import HANDLE_PATTERN
from community.refusals import Refusal
from community.services import avatars

#: Regions that people live in; the rest of the database is there for machines and history.
REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


class Handle(forms.CharField):
    """Takes capital letters for small ones."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()


class MemberForm(forms.Form):
    """Everything that a member says about themselves."""

    avatar = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF, up to 5 MB. It is cut to a square."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    remove_avatar = forms.BooleanField(label=_("Remove my picture"), required=False)
    display_name = Line(
        label=_("Display name"), min_length=2, max_length=60, help_text=_("Everybody sees it beside what you write.")
    )
    handle = Handle(
        label=_("Handle"),
        max_length=30,
        help_text=_("The short name in your profile's address. A former one leads here for at least a year."),
        validators=[RegexValidator(HANDLE_PATTERN, _("Use 3 to 30 small letters, digits and hyphens."))],
    )
    bio = Line(label=_("About you"), max_length=280, required=False, widget=forms.Textarea(attrs={"rows": "3"}))
    language = forms.ChoiceField(label=_("Language"), choices=Member.Language.choices)
    timezone = forms.ChoiceField(label=_("Time zone"))

    shows_ownership = forms.BooleanField(
        label=_("Show since when I own a product"),
        required=False,
        help_text=_("Beside what you write about it. Only the month, and only what the shop's orders say."),
    )

    FIELDS = ("display_name", "handle", "bio", "language", "timezone", "shows_ownership")

    def __init__(self, data: Any = None, files: Any = None, *, member: Member) -> None:
        super().__init__(
            data, files if data is not None else None, initial={name: getattr(member, name) for name in self.FIELDS}
        )
        zones = sorted({*time_zones(), member.timezone})
        self.fields["timezone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]  # type: ignore[attr-defined] # the stubs forget the field's class
        if not member.avatar:
            del self.fields["remove_avatar"]

    def clean_avatar(self) -> ContentFile[bytes] | None:
        upload: UploadedFile[bytes] | None = self.cleaned_data["avatar"]
        if not upload:
            return None
        try:
            return avatars.portrait(upload)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.message), refusal.code) from refusal

    @property
    def profile(self) -> dict[str, Any]:
        """What was entered, by the member's field."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}


@cache
def time_zones() -> frozenset[str]:
    """Names of the time zones to choose from."""
    return frozenset(zone for zone in available_timezones() if zone.partition("/")[0] in REGIONS)
