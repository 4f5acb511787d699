"""Forms of the desk: what somebody says, shows, hands on, and when they are there."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from chat.models import Responder, Target
from chat.services import availability, handover
from community.forms.fields import Line
from community.models import Product
from community.queries import products

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class WordsForm(forms.Form):
    """What a helper says; the number makes a repeated post the same message."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid.uuid4


class CardForm(forms.Form):
    """Which product is shown."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    product: forms.ModelChoiceField[Product] = forms.ModelChoiceField(
        Product.objects.none(), to_field_name="slug", label=_("Product"), empty_label=_("Choose a product")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_id"].initial = uuid.uuid4
        shelf: Any = self.fields["product"]
        shelf.queryset = products.active()


class HandOverForm(forms.Form):
    """Who goes on, and what they should know."""

    to = forms.ChoiceField(
        label=_("Who goes on?"),
        choices=((Target.AGENTS, _("The team")), (Target.AMBASSADORS, _("Another ambassador"))),
        widget=forms.RadioSelect,
        initial=Target.AGENTS,
    )
    summary = Line(
        label=_("What they should know"),
        required=False,
        max_length=handover.SUMMARY_MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AvailabilityForm(forms.Form):
    """When somebody helps, in which languages and how many at once; a day without times is a day off."""

    capacity = forms.IntegerField(label=_("Conversations at once"), min_value=1, max_value=availability.CAPACITY_MOST)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, responder: Responder) -> None:
        times = {entry["weekday"]: entry for entry in responder.schedule}
        initial: dict[str, Any] = {
            "capacity": responder.capacity,
            "languages": responder.languages or [responder.member.language],
        }
        for day, entry in times.items():
            initial |= {f"from_{day}": entry["from"], f"until_{day}": entry["until"].replace("24:00", "23:59")}
        super().__init__(data, initial=initial)
        for day in WEEKDAYS:
            self.fields[f"from_{day}"] = forms.TimeField(required=False, widget=CLOCK)
            self.fields[f"until_{day}"] = forms.TimeField(required=False, widget=CLOCK)

    def days(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Each day's name with its two clocks."""
        return [(name, self[f"from_{day}"], self[f"until_{day}"]) for day, name in WEEKDAYS.items()]

    def clean(self) -> dict[str, Any]:
        """Ask for both clocks of a day or none."""
        cleaned = super().clean() or {}
        for day, name in WEEKDAYS.items():
            clocks = [cleaned.get(f"{end}_{day}") for end in ("from", "until") if f"{end}_{day}" in cleaned]
            if len(clocks) == 2 and clocks.count(None) == 1:
                self.add_error(None, _("%(day)s: say from when until when, or leave both empty.") % {"day": name})
        return cleaned

    def schedule(self) -> list[dict[str, Any]]:
        """The times as they are kept; nothing at all means always."""
        return [
            {
                "weekday": day,
                "from": f"{self.cleaned_data[f'from_{day}']:%H:%M}",
                "until": f"{self.cleaned_data[f'until_{day}']:%H:%M}",
            }
            for day in WEEKDAYS
            if self.cleaned_data[f"from_{day}"] is not None
        ]
