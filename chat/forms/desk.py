"""Forms of the desk: what somebody shows and hands on, and when they are there."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from chat.models import Note, Responder, Target
from chat.services import availability, handover
from community.forms.fields import Markdown
from community.models import Product
from community.queries import products

#: So many times of a day are asked for: before noon, after it, in the evening.
A_DAY = 3
#: No clock on a page shows midnight as the end of a day.
MIDNIGHT, LAST_MINUTE = "24:00", "23:59"
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


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
    summary = Markdown(
        label=_("What they should know"),
        required=False,
        max_length=handover.SUMMARY_MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NoteForm(forms.Form):
    """What a helper wants to remember of somebody."""

    text = Markdown(required=False, max_length=Note.MOST, widget=forms.Textarea)


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when, in two fields; ``number`` counts the times of a day from 1."""

    number: int
    begin: forms.BoundField
    end: forms.BoundField

    @property
    def is_filled(self) -> bool:
        """Whether there is anything to be shown in it."""
        return bool(self.begin.value() or self.end.value())


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week with all the times that it may have."""

    name: Any
    first: Span
    others: list[Span]

    @property
    def is_open(self) -> bool:
        """Whether the other times are shown."""
        return any(span.is_filled for span in self.others)


class AvailabilityForm(forms.Form):
    """When somebody helps, in which languages and how many at once; a day without times is a day off."""

    capacity = forms.IntegerField(label=_("Conversations at once"), min_value=1, max_value=availability.CAPACITY_MOST)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, responder: Responder) -> None:
        initial: dict[str, Any] = {
            "capacity": responder.capacity,
            "languages": responder.languages or [responder.member.language],
        }
        of_day: Counter[int] = Counter()
        for entry in sorted(responder.schedule, key=_in_order):
            begin, end = _names(entry["weekday"], of_day[entry["weekday"]])
            initial |= {begin: entry["from"], end: LAST_MINUTE if entry["until"] == MIDNIGHT else entry["until"]}
            of_day[entry["weekday"]] += 1
        # Who has told more of a day over the API loses none of it here.
        self.spans = [(day, number) for day in WEEKDAYS for number in range(max(A_DAY, of_day[day]))]
        super().__init__(data, initial=initial)
        for day, number in self.spans:
            for name in _names(day, number):
                self.fields[name] = forms.TimeField(required=False, widget=CLOCK)

    def days(self) -> list[Day]:
        """The days of the week with their times."""
        return [Day(name, *self._first_and_others(day)) for day, name in WEEKDAYS.items()]

    def clean(self) -> dict[str, Any]:
        """Ask for both clocks of a time or none."""
        cleaned = super().clean() or {}
        for day, number in self.spans:
            clocks = [cleaned[name] for name in _names(day, number) if name in cleaned]
            if len(clocks) == 2 and clocks.count(None) == 1:
                told = {"day": WEEKDAYS[day]}
                self.add_error(None, _("%(day)s: say from when until when, or leave both empty.") % told)
        return cleaned

    def schedule(self) -> list[dict[str, Any]]:
        """The times as they are kept; nothing at all means always."""
        found = []
        for day, number in self.spans:
            begin, end = (self.cleaned_data[name] for name in _names(day, number))
            if begin is not None:
                until = f"{end:%H:%M}"
                until = MIDNIGHT if until == LAST_MINUTE else until
                found.append({"weekday": day, "from": f"{begin:%H:%M}", "until": until})
        return sorted(found, key=_in_order)

    def _first_and_others(self, day: int) -> tuple[Span, list[Span]]:
        names = [_names(which, number) for which, number in self.spans if which == day]
        first, *others = [Span(n, self[begin], self[end]) for n, (begin, end) in enumerate(names, start=1)]
        return first, others


def _in_order(entry: Mapping[str, Any]) -> tuple[int, str]:
    return entry["weekday"], entry["from"]


def _names(day: int, number: int) -> tuple[str, str]:
    """What the two fields of a time are called."""
    return f"from_{day}_{number}", f"until_{day}_{number}"
