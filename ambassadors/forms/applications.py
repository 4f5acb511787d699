"""The form of a campaign, the word with which an applicant withdraws, and naming somebody who knows more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambassadors import questions
from ambassadors.forms import questions as fields
from ambassadors.models import Application, CampaignQuestion
from community.forms.fields import Line, Markdown
from community.forms.posting import KeyedForm
from community.models import Topic


class ApplicationForm(KeyedForm):
    """What a campaign asks; a draft (``whole`` is false) may leave anything out."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0, max_value=2**31 - 1)

    def __init__(
        self,
        data: Any = None,
        *,
        asked: Sequence[CampaignQuestion],
        draft: Application | None = None,
        whole: bool = True,
    ) -> None:
        initial = fields.initial(asked, draft.answers) | {"version": draft.version} if draft else {}
        super().__init__(data, initial=initial)
        self.asked = asked
        self.fields |= fields.fields(asked, whole=whole)

    @property
    def answers(self) -> dict[str, questions.Answer]:
        """What was said, as it is kept."""
        return fields.answers(self.asked, self.cleaned_data)

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields that people see, in the order in which they are asked."""
        return list(self.visible_fields())


class WithdrawForm(KeyedForm):
    """Why somebody withdraws, if they want to say so."""

    reason = Markdown(
        label=_("What made you change your mind"), required=False, max_length=1_000,
        help_text=_("Only the team reads it."),
    )  # fmt: skip


class NominationForm(KeyedForm):
    """Who knows more than the reader, and about what."""

    topic: forms.ModelChoiceField[Topic] = forms.ModelChoiceField(
        label=_("Who knows more than you about"), queryset=Topic.objects.none(), empty_label=_("Choose a topic")
    )
    handle = Line(
        label=_("Whom would you ask?"),
        max_length=31,
        help_text=_("Type the beginning of the name, or the handle as in the address of their profile."),
        widget=forms.TextInput(
            attrs={"data-handle": "", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    why = Line(label=_("Why them?"), required=False, max_length=300)

    def clean_handle(self) -> str:
        """The handle alone, as it may be written with its sign."""
        return str(self.cleaned_data["handle"]).removeprefix("@")

    def __init__(self, *args: Any, topics: QuerySet[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Topic]", self.fields["topic"]).queryset = topics
