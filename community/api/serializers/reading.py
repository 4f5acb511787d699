"""Following and having the same question: as they are told and said."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from community.models import Follow


class FollowSerializer(serializers.Serializer[Any]):
    """How much to hear of something."""

    level = serializers.ChoiceField(
        choices=Follow.Level.choices,
        default=Follow.Level.ALL,
        help_text="`all`, `mine` for what concerns your own posts only, or `off` for nothing at all.",
    )


class MeTooSerializer(serializers.Serializer[Any]):
    """Whether you have the question too, and how many do."""

    me_too = serializers.BooleanField()
    me_toos = serializers.IntegerField(source="me_too_count")
