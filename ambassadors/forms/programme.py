"""Forms of training and programme: a test, a signature, a reason, and what an ambassador knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ambassadors.models import TrainingQuestion
from chat.models import Responder
from community.forms.fields import Markdown, Rows
from community.models import Product, Topic


class TestForm(forms.Form):
    """The questions of a module; which of them lack an answer is judged by the service."""

    def __init__(self, data: Any, *, paper: Sequence[TrainingQuestion]) -> None:
        super().__init__(data)
        self.paper = paper
        for question in paper:
            choices = [(choice.pk, choice.text) for choice in question.choices.all()]
            several = sum(choice.is_right for choice in question.choices.all()) > 1
            self.fields[f"q{question.pk}"] = forms.MultipleChoiceField(
                label=question.text,
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple if several else OneOf,
                help_text=_("Several answers are right.") if several else "",
            )

    def answers(self) -> Mapping[int, list[int]]:
        """What was chosen, by question."""
        return {
            question.pk: [int(choice) for choice in self.cleaned_data.get(f"q{question.pk}") or []]
            for question in self.paper
        }


class OneOf(forms.RadioSelect):
    """Radio buttons whose one answer comes as a list, as the other questions' answers do."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        value = super().value_from_datadict(data, files, name)
        return [value] if value else []

    def format_value(self, value: Any) -> Any:
        return super().format_value(value[0] if isinstance(value, list) and value else value)


class SignForm(forms.Form):
    """A signature."""

    agree = forms.BooleanField(label=_("I have read this and agree"))


class ReasonForm(forms.Form):
    """Why somebody pauses or leaves."""

    reason = Markdown(label=_("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class CompetenceForm(forms.Form):
    """What an ambassador speaks, knows and owns; the routing asks for it."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    topics: Rows[Topic] = Rows(
        label=_("Topics"),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose what you like to explain. Questions about it come to you first."),
    )
    products: Rows[Product] = Rows(
        label=_("Products you advise on"),
        queryset=Product.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those whose purchase is verified."),
    )

    def __init__(self, data: Any, *, responder: Responder, topics: Any, products: Any) -> None:
        initial = {
            "languages": responder.languages,
            "topics": responder.topics.all(),
            "products": responder.products.all(),
        }
        super().__init__(data, initial=initial)
        self.fields["topics"].queryset = topics  # type: ignore[attr-defined] # fields of this form have one
        self.fields["products"].queryset = products  # type: ignore[attr-defined] # as above
