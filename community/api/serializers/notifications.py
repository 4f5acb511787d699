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
    others = serializers.IntegerField(
        read_only=True, help_text="How many more people did the same there: one row is one line of the list."
    )
    thread = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()
    facts = serializers.DictField(read_only=True)

    class Meta:
        model = Notification
        fields = ("id", "kind", "actor", "others", "thread", "url", "facts", "created_at", "read_at")
        read_only_fields = fields

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_thread(self, notification: Notification) -> int | None:
        return notification.thread.pk if notification.thread and notification.thread.is_visible else None

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_url(self, notification: Notification) -> str | None:
        thread = notification.thread
        # Points stay told when the thread they came from is gone; its title, in the address, does not.
        return absolute(self, thread.get_absolute_url()) if thread and thread.is_visible else None


class ReadSerializer(serializers.Serializer[Any]):
    """What was read: everything, or what concerns one thread."""

    thread = serializers.IntegerField(required=False, min_value=1)


class ReadCountSerializer(serializers.Serializer[Any]):
    """How many were unread before."""

    read = serializers.IntegerField(read_only=True)
