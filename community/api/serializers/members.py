"""Members as others see them, and as they see themselves."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.api.serializers.fields import Line
from community.api.serializers.links import absolute
from community.forms import members
from community.models import Member, Role, Standing
from community.models.member import HANDLE_PATTERN


class AuthorSerializer(serializers.ModelSerializer[Member]):
    """The byline: who wrote it."""

    name = serializers.CharField(source="display_name", read_only=True)
    avatar = serializers.SerializerMethodField()
    role = serializers.SerializerMethodField()
    level = serializers.SerializerMethodField()

    class Meta:
        model = Member
        fields: tuple[str, ...] = ("handle", "name", "avatar", "role", "level")
        read_only_fields: tuple[str, ...] = ("handle",)

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_avatar(self, member: Member) -> str | None:
        return absolute(self, member.avatar.url) if member.avatar else None

    @extend_schema_field({"type": "string", "nullable": True, "enum": [*Role.values, None]})
    def get_role(self, member: Member) -> str | None:
        return standing_of(member).role or None

    def get_level(self, member: Member) -> int:
        return standing_of(member).level


class MemberSerializer(AuthorSerializer):
    """A public profile. What somebody earned and how far they are is told to themselves only."""

    url = serializers.SerializerMethodField()
    questions = serializers.IntegerField(source="thread_count", read_only=True)
    answers = serializers.IntegerField(source="answer_count", read_only=True)
    accepted_answers = serializers.IntegerField(source="accepted_count", read_only=True)
    helpful_votes = serializers.IntegerField(source="helpful_count", read_only=True)

    class Meta(AuthorSerializer.Meta):
        fields = (
            *AuthorSerializer.Meta.fields,
            "url",
            "bio",
            "joined_at",
            "questions",
            "answers",
            "accepted_answers",
            "helpful_votes",
        )
        read_only_fields = ("handle", "bio", "joined_at")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, member: Member) -> str:
        return absolute(self, member.get_absolute_url())


class MeSerializer(MemberSerializer):
    """One's own profile with what only oneself sees."""

    level_progress = serializers.SerializerMethodField(help_text="Share of the way to the next level, 0 to 100.")

    class Meta(MemberSerializer.Meta):
        fields = (*MemberSerializer.Meta.fields, "email", "language", "timezone", "shows_ownership", "level_progress")
        read_only_fields = fields  # type: ignore[assignment] # longer than the inherited one

    def get_level_progress(self, member: Member) -> int:
        return standing_of(member).level_progress


class MeChangeSerializer(serializers.ModelSerializer[Member]):
    """What members may change about themselves; the e-mail address changes through the account pages."""

    name = Line(source="display_name", required=False, min_length=2, max_length=60)
    bio = Line(required=False, max_length=280, allow_blank=True)
    handle = serializers.RegexField(HANDLE_PATTERN, required=False)

    class Meta:
        model = Member
        fields = ("handle", "name", "bio", "language", "timezone", "shows_ownership")

    def validate_timezone(self, value: str) -> str:
        if value not in members.time_zones():
            raise serializers.ValidationError(_("Name a time zone such as Europe/Berlin."), "unknown_timezone")
        return value


def standing_of(member: Member) -> Standing:
    """The member's standing, or an empty one where none was written yet; needs ``select_related``."""
    standing: Any = getattr(member, "standing", None)
    return standing or Standing(member=member)


class ExportSerializer(serializers.Serializer[Any]):
    """A copy of one's data that is being put together."""

    state = serializers.CharField(help_text="`under_way`.")
    requested_at = serializers.DateTimeField()
