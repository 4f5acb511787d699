"""Following and having the same question: as they are told and said."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.api.serializers.links import absolute
from community.models import Follow, Product, Topic
from community.services import brands


class FollowSerializer(serializers.Serializer[Any]):
    """How much to hear of something."""

    level = serializers.ChoiceField(
        choices=Follow.Level.choices,
        default=Follow.Level.ALL,
        help_text="`all`, `mine` for what concerns your own posts only, or `off` for nothing at all.",
    )


class FollowedSerializer(serializers.ModelSerializer[Follow]):
    """Something that you follow or turned off; all three places are empty for the brand itself."""

    thread = serializers.IntegerField(source="thread_id", read_only=True, allow_null=True)
    topic = serializers.SlugRelatedField[Topic](slug_field="slug", read_only=True, allow_null=True)
    product = serializers.SlugRelatedField[Product](slug_field="slug", read_only=True, allow_null=True)
    title = serializers.SerializerMethodField(help_text="What it is called.")
    url = serializers.SerializerMethodField()

    class Meta:
        model = Follow
        fields = ("thread", "topic", "product", "title", "url", "level", "at")
        read_only_fields = fields
        extra_kwargs = {"at": {"help_text": "Since when."}}

    def get_title(self, follow: Follow) -> str:
        return str(follow.thread or follow.topic or follow.product or brands.current().name)

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, follow: Follow) -> str:
        target = follow.thread or follow.topic or follow.product
        return absolute(self, target.get_absolute_url() if target else reverse("community:news"))


class MeTooSerializer(serializers.Serializer[Any]):
    """Whether you have the question too, and how many do."""

    me_too = serializers.BooleanField()
    me_toos = serializers.IntegerField(source="me_too_count")
