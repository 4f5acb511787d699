"""Addresses as programs need them: absolute."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


def absolute(serializer: serializers.BaseSerializer[Any], address: str) -> str:
    """Return ``address`` on the host of the serializer's request."""
    return str(serializer.context["request"].build_absolute_uri(address))
