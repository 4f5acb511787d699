"""Conversations and messages over the API: the same bodies as the frames of the socket."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from chat import frames
from chat.api.widget import ContextSerializer
from chat.models import Message, Participant
from chat.queries.talks import Talk
from community.models import Phase


class SpeakerSerializer(serializers.Serializer[Any]):
    """Who speaks: a member, a visitor, the bot, the shop, or the conversation itself."""

    kind = serializers.CharField(help_text="`member`, `visitor`, `bot`, `shop` or `system`.")
    id = serializers.IntegerField(required=False)
    handle = serializers.CharField(required=False)
    name = serializers.CharField(allow_blank=True)
    initials = serializers.CharField(required=False)
    avatar = serializers.CharField(required=False, allow_null=True)


class FileSerializer(serializers.Serializer[Any]):
    """A file that came with a message."""

    token = serializers.CharField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)


class MessageSerializer(serializers.Serializer[Any]):
    """One line of the log."""

    type = serializers.CharField(help_text="`message`, as over the socket.")
    conversation = serializers.IntegerField()
    seq = serializers.IntegerField(help_text="Counts from 1 without a gap.")
    client_id = serializers.CharField(allow_null=True)
    kind = serializers.CharField(help_text="`text`, `card`, `bot`, `system` or `shop`.")
    author = SpeakerSerializer()
    body = serializers.CharField(allow_blank=True)
    html = serializers.CharField(allow_blank=True)
    data = serializers.DictField(  # type: ignore[assignment] # a field named like a property; fields live apart
        help_text="What a card or a line of the system is made of."
    )
    attachments = FileSerializer(many=True)
    at = serializers.CharField()
    deleted = serializers.BooleanField()


class LogSerializer(serializers.Serializer[Any]):
    """A stretch of the log, in its order, with the number of its end at that moment."""

    next = serializers.CharField(allow_null=True, help_text="Later messages.")
    previous = serializers.CharField(allow_null=True, help_text="Earlier messages.")
    results = MessageSerializer(many=True)
    last_seq = serializers.IntegerField()
    read_seq = serializers.IntegerField(help_text="How far you have read, on whatever screen.")
    resync = serializers.BooleanField(help_text="More was missed than these: a screen had better begin at the end.")


class LogQuery(serializers.Serializer[Any]):
    """Which stretch: after a number, before a number, or the newest."""

    after = serializers.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    before = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class SendSerializer(serializers.Serializer[Any]):
    """A message. The same `client_id` finds what was stored the first time."""

    client_id = serializers.UUIDField()
    body = serializers.CharField(allow_blank=True, trim_whitespace=False)


class SendFileSerializer(serializers.Serializer[Any]):
    """A file with a text or without. The same `client_id` finds what was stored the first time."""

    client_id = serializers.UUIDField()
    body = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False, default="")
    file = serializers.FileField(help_text="A picture, a PDF or a plain text of up to 10 MB, judged by what it holds.")


class HowFarSerializer(serializers.Serializer[Any]):
    """How far somebody has read."""

    seq = serializers.IntegerField(min_value=0, max_value=2**63 - 1)


class ConversationPlaceSerializer(serializers.ModelSerializer[Participant]):
    """Somebody else in the conversation, and how far the log has come to them."""

    person = serializers.SerializerMethodField()

    class Meta:
        model = Participant
        fields = ("person", "part", "read_seq", "delivered_seq")

    @extend_schema_field(SpeakerSerializer)
    def get_person(self, participant: Participant) -> dict[str, Any]:
        return frames.person(participant)


class ConversationSerializer(serializers.Serializer[Talk]):
    """A conversation as one of its people gets it. `token` is what the shop sends along with an order."""

    id = serializers.IntegerField(source="conversation.pk")
    kind = serializers.CharField(source="conversation.kind", help_text="`direct`, `group` or `help`.")
    state = serializers.CharField(
        source="conversation.state", help_text="`queued`, `offered`, `active`, `left_message` or `closed`."
    )
    title = serializers.CharField(source="conversation.title", allow_blank=True)
    last_seq = serializers.IntegerField(source="conversation.last_seq")
    read_seq = serializers.IntegerField(source="place.read_seq")
    unread = serializers.IntegerField()
    muted = serializers.BooleanField(source="place.muted")
    is_request = serializers.BooleanField(help_text="First words of somebody else that wait for your yes.")
    people = ConversationPlaceSerializer(many=True)
    last = serializers.SerializerMethodField()
    token = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField(source="conversation.created_at")
    active_at = serializers.DateTimeField(source="conversation.active_at")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # "with" is a word of the language.
        speakers = serializers.SerializerMethodField(method_name="speakers", help_text="The others, in short.")
        return {**super().get_fields(), "with": speakers}

    @extend_schema_field(SpeakerSerializer(many=True))
    def speakers(self, talk: Talk) -> list[dict[str, Any]]:
        return [frames.person(other) for other in talk.people]

    @extend_schema_field(MessageSerializer(allow_null=True))
    def get_last(self, talk: Talk) -> dict[str, Any] | None:
        return frames.message(talk.last) if talk.last else None

    @extend_schema_field({"type": "string", "nullable": True})
    def get_token(self, talk: Talk) -> str | None:
        asked = talk.place.part == Participant.Part.ASKER
        return talk.conversation.token if asked else None


class BeginConversationSerializer(ContextSerializer):
    """To whom a member writes, or what somebody wants help with and where they are."""

    to = serializers.CharField(required=False, max_length=60, help_text="A member's handle; all else is for help.")
    phase = serializers.ChoiceField(Phase.choices, required=False)
    question = serializers.CharField(required=False, allow_blank=True, default="", max_length=Message.BODY_MAX)
    client_id = serializers.UUIDField(required=False, help_text="A repetition finds the conversation of the first.")
    page = serializers.CharField(required=False, allow_blank=True, default="", max_length=500)
    topic = serializers.CharField(required=False, allow_blank=True, default="", max_length=80)
    language = serializers.CharField(max_length=2, required=False, help_text="`de` or `en`; else your own.")

    def validate(self, told: dict[str, Any]) -> dict[str, Any]:
        if "to" not in told and "phase" not in told:
            raise serializers.ValidationError({"phase": ["Say to whom, or before, while or after what."]}, "required")
        return told
