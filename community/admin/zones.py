"""Forms of the admin with moments as clocks show them where something takes place."""

from __future__ import annotations

from datetime import UTC
from typing import Any, ClassVar, TypeVar

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.forms.members import time_zones
from community.refusals import Refusal
from community.stages import NoSuchTime, instant, wall_clock

Held = TypeVar("Held", bound=Model)


class ZonedForm(forms.ModelForm[Held]):
    """Takes and shows the moments of the row's own ``time_zone``, whatever the manager's is.

    ``times`` names their fields. What the service would refuse is said while the form is still open.
    """

    times: ClassVar[tuple[str, ...]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in self.times:
                moment = getattr(self.instance, name)
                self.initial[name] = moment and wall_clock(moment, self.instance.time_zone)  # type: ignore[attr-defined] # every such model has one

    def full_clean(self) -> None:
        # Read as UTC, which skips and repeats no time, so that what was typed arrives as it was typed.
        with timezone.override(UTC):
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        zone = cleaned.get("time_zone")
        if zone not in time_zones():
            self.add_error("time_zone", _("There is no such time zone. Europe/Berlin is one."))
            return cleaned
        for name in self.times:
            if cleaned.get(name):
                try:
                    cleaned[name] = instant(cleaned[name].replace(tzinfo=None), zone)
                except NoSuchTime:
                    self.add_error(name, _("Clocks skip this time there: they are put forward that night."))
        return cleaned

    def check(self) -> None:
        """Ask the service whether it would store the row as it is now. Raises its refusals."""

    def is_whole(self) -> bool:
        """Whether everything is there that the service looks at."""
        return not self.errors

    def _post_clean(self) -> None:
        before = set(self.errors)
        super()._post_clean()  # type: ignore[misc] # Django's own hook, which the stubs leave out
        if before or not self.is_whole():
            return
        try:
            self.check()
        except Refusal as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))
