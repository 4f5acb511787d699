"""Fields that measure a text as it will be stored."""

from __future__ import annotations

import re
from typing import Any

from django import forms

#: Marks that turn the direction of the text around them.
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Line(forms.CharField):
    """One line: runs of blanks are one, and nothing in it turns the rest of the page around."""

    def to_python(self, value: Any) -> str:
        return " ".join(DIRECTIONS.sub("", super().to_python(value) or "").split())


class Markdown(forms.CharField):
    """A text of many lines, with the line ends that every system understands."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n").strip()
