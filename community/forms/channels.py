"""Form of the settings of notifications: a matrix of groups and channels, and the quiet hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.models import Channel, Member
from community.queries.channels import Choice

PREFIX = "channel_"
ORDER = (Channel.OFF, Channel.IN_APP, Channel.AT_ONCE, Channel.DAILY, Channel.WEEKLY)


class ChannelsForm(forms.Form):
    """One radio group for each line; what is not offered there is not drawn."""

    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, data: Any = None, *, member: Member, choices: Sequence[Choice]) -> None:
        super().__init__(data, initial={"quiet_from": member.quiet_from, "quiet_until": member.quiet_until})
        for choice in choices:
            offered = [channel for channel in ORDER if channel in choice.choices]
            self.fields[f"{PREFIX}{choice.group.name}"] = forms.ChoiceField(
                label=str(choice.group.label),
                help_text=str(choice.group.hint),
                choices=[(channel.value, channel.label) for channel in offered],
                initial=choice.channel,
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if (cleaned.get("quiet_from") is None) != (cleaned.get("quiet_until") is None) and not self.errors:
            self.add_error("quiet_until", _("Say both when it begins and when it ends, or leave both empty."))
        return cleaned

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The channels that head the matrix."""
        return [(channel.value, str(channel.label)) for channel in ORDER]

    @property
    def lines(self) -> list[forms.BoundField]:
        """The groups."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    @property
    def channels(self) -> dict[str, str]:
        """The chosen channel of each group."""
        return {name.removeprefix(PREFIX): self.cleaned_data[name] for name in self.fields if name.startswith(PREFIX)}

    @property
    def quiet(self) -> dict[str, time | None]:
        """The quiet hours."""
        return {name: self.cleaned_data[name] for name in ("quiet_from", "quiet_until")}
