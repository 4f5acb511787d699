"""Fields that measure a text as it will be stored, and that take no number which a database could not hold."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from community import words

Row = TypeVar("Row", bound=Model)


class Line(forms.CharField):
    """One line."""

    def to_python(self, value: Any) -> str:
        return words.line(super().to_python(value) or "")


class Markdown(forms.CharField):
    """A text of many lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return words.lines(super().to_python(value) or "")


class Rows(forms.ModelMultipleChoiceField[Row]):
    """Rows by their numbers. Django looks for a number of any size, and SQLite answers a large one with an error."""

    def clean(self, value: Any) -> Any:
        for one in value or ():
            if words.number(str(one)) is None:
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": one})
        return super().clean(value)
