"""Questions that managers wrote, as fields of a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambassadors import questions
from ambassadors.models.form_question import FormQuestion
from community.forms.fields import Line, Markdown

PREFIX = "q"


def fields(asked: Iterable[FormQuestion], *, whole: bool = True) -> dict[str, forms.Field]:
    """A field for each question, by its name in the form; a draft (``whole`` is false) may leave any of them out."""
    return {f"{PREFIX}{question.name}": _field(question, whole=whole) for question in asked}


def initial(asked: Iterable[FormQuestion], answers: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered so far, as the fields show it."""
    return {f"{PREFIX}{one.name}": _shown(answers[one.name]) for one in asked if one.name in answers}


def answers(asked: Iterable[FormQuestion], cleaned: Mapping[str, Any]) -> dict[str, questions.Answer]:
    """What was said, as it is kept; what was left out is not."""
    given = {one.name: _kept(one, cleaned.get(f"{PREFIX}{one.name}")) for one in asked}
    return {name: answer for name, answer in given.items() if answer is not None and questions.said(answer)}


def _field(question: FormQuestion, *, whole: bool) -> forms.Field:
    shared: dict[str, Any] = {
        "label": question.label,
        "help_text": question.hint,
        "required": whole and question.required,
    }
    places = [(str(place), option) for place, option in enumerate(question.asked.options)]
    fields: dict[str, Callable[[], forms.Field]] = {
        questions.TEXT: lambda: Line(max_length=questions.LONGEST[questions.TEXT], **shared),
        questions.LONG: lambda: Markdown(max_length=questions.LONGEST[questions.LONG], **shared),
        questions.CHOICE: lambda: forms.ChoiceField(choices=places, widget=forms.RadioSelect, **shared),
        questions.CHOICES: lambda: forms.MultipleChoiceField(
            choices=places, widget=forms.CheckboxSelectMultiple, **shared
        ),
        questions.NUMBER: lambda: forms.FloatField(min_value=-questions.LARGEST, max_value=questions.LARGEST, **shared),
        questions.YES_NO: lambda: forms.ChoiceField(
            choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect, **shared
        ),
        questions.CONFIRM: lambda: forms.BooleanField(**shared),
    }
    return fields[question.kind]()


def _shown(answer: Any) -> Any:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return [str(place) for place in answer] if isinstance(answer, list) else answer


def _kept(question: FormQuestion, value: Any) -> questions.Answer | None:
    if value in (None, "", []):
        return None
    return KEPT.get(question.kind, str)(value)


def _number(value: Any) -> questions.Answer:
    return int(value) if float(value).is_integer() else float(value)


#: How an answer is kept that is no text.
KEPT: Mapping[str, Callable[[Any], questions.Answer | None]] = {
    questions.CHOICE: int,
    questions.CHOICES: lambda value: [int(place) for place in value],
    questions.NUMBER: _number,
    questions.YES_NO: lambda value: bool(value == "yes"),
    questions.CONFIRM: lambda value: True if value else None,
}
