"""Fields that measure a text as it will be stored."""

from __future__ import annotations

from typing import Any

from django import forms

from community import words


class Line(forms.CharField):
    """One line."""

    def to_python(self, value: Any) -> str:
        return words.line(super().to_python(value) or "")


class Markdown(forms.CharField):
    """A text of many lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return words.lines(super().to_python(value) or "")
