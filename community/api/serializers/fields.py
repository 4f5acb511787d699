"""Texts as the forms of the pages take them, so that both ways in store the same."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from community.forms import fields


class Line(serializers.CharField):
    """One line; measured as it will be stored."""

    def to_internal_value(self, data: Any) -> str:
        return fields.Line(required=False).to_python(super().to_internal_value(data))


class Markdown(serializers.CharField):
    """A text of many lines; measured as it will be stored."""

    def to_internal_value(self, data: Any) -> str:
        return fields.Markdown(required=False).to_python(super().to_internal_value(data))
