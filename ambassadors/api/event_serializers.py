"""Events and registrations as the API tells them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ambassadors.models import BrandEvent, Registration
from ambassadors.queries import events as queries
from ambassadors.queries import tickets
from community.links import absolute


class RegistrationSerializer(serializers.ModelSerializer[Registration]):
    """Your registration for an event."""

    event = serializers.IntegerField(source="event_id", read_only=True)
    ticket = serializers.SerializerMethodField(help_text="The code for the door; null without a seat.")

    class Meta:
        model = Registration
        fields = ("event", "state", "queued_at", "ticket")
        read_only_fields = ("state", "queued_at")

    def get_ticket(self, registration: Registration) -> str | None:
        seated = registration.state == Registration.State.REGISTERED
        return tickets.code_of(registration) if seated else None


class EventSerializer(serializers.ModelSerializer[BrandEvent]):
    """An event; ``context["held"]`` are the reader's registrations by event, ``context["reader"]`` who asks."""

    url = serializers.SerializerMethodField()
    link = serializers.SerializerMethodField(help_text="To take part online; null without a seat.")
    seats_free = serializers.IntegerField(read_only=True)
    waiting = serializers.IntegerField(source="waiting_count", read_only=True, help_text="How many wait for a seat.")
    registration = serializers.SerializerMethodField()
    invited = serializers.SerializerMethodField(help_text="Whether it is for you; false for visitors.")

    class Meta:
        model = BrandEvent
        fields = (
            "id", "slug", "url", "title", "summary", "description", "place", "link", "time_zone", "starts_at",
            "ends_at", "opens_at", "closes_at", "capacity", "seats_free", "waiting", "audience", "min_level",
            "cancelled_at", "invited", "registration",
        )  # fmt: skip
        read_only_fields = (
            "slug", "title", "summary", "description", "place", "time_zone", "starts_at", "ends_at", "opens_at",
            "closes_at", "capacity", "audience", "min_level", "cancelled_at",
        )  # fmt: skip

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, event: BrandEvent) -> str:
        return absolute(event.get_absolute_url())

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_link(self, event: BrandEvent) -> str | None:
        held = self._held(event)
        return event.link or None if held is not None and held.state in Registration.SEATED else None

    @extend_schema_field(RegistrationSerializer(allow_null=True))
    def get_registration(self, event: BrandEvent) -> dict[str, Any] | None:
        held = self._held(event)
        return RegistrationSerializer(held).data if held is not None else None

    def get_invited(self, event: BrandEvent) -> bool:
        reader = self.context.get("reader")
        return isinstance(reader, queries.Reader) and reader.is_invited(event)

    def _held(self, event: BrandEvent) -> Registration | None:
        held: Registration | None = self.context.get("held", {}).get(event.pk)
        return held
