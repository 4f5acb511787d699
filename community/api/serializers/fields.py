"""Texts as the forms of the pages take them, so that both ways in store the same."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from community import words

#: What ``hidden`` of a post says.
HIDDEN = "Waits for a look by the team or was removed by it: only its author and moderators still get it."


class Line(serializers.CharField):
    """One line; measured as it will be stored."""

    def to_internal_value(self, data: Any) -> str:
        return _unless_blank(self, words.line(super().to_internal_value(data)))


class Markdown(serializers.CharField):
    """A text of many lines; measured as it will be stored."""

    def to_internal_value(self, data: Any) -> str:
        return _unless_blank(self, words.lines(super().to_internal_value(data)))


def _unless_blank(field: serializers.CharField, text: str) -> str:
    """Refuse what turned out to be empty, where something must be said."""
    if not text and not field.allow_blank:
        field.fail("blank")
    return text
