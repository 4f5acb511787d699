"""Notifications: kind and facts, so that an app words them itself."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.api.serializers.links import absolute
from community.api.serializers.members import AuthorSerializer
from community.models import Notification


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """One thing that a member is told."""

    actor = AuthorSerializer(read_only=True, allow_null=True)
    thread = serializers.IntegerField(source="thread_id", read_only=True, allow_null=True)
    url = serializers.SerializerMethodField()
    facts = serializers.DictField(read_only=True)

    class Meta:
        model = Notification
        fields = ("id", "kind", "actor", "thread", "url", "facts", "created_at", "read_at")
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_url(self, notification: Notification) -> str | None:
        return absolute(self, notification.thread.get_absolute_url()) if notification.thread else None


class ReadSerializer(serializers.Serializer[Any]):
    """What was read: everything, or what concerns one thread."""

    thread = serializers.IntegerField(required=False, min_value=1)


class ReadCountSerializer(serializers.Serializer[Any]):
    """How many were unread before."""

    read = serializers.IntegerField(read_only=True)
