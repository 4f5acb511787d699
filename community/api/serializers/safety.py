"""Reports, notices and blocks as JSON."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from community.api.serializers.fields import Line, Markdown
from community.models import Block, Flag, Notice, Reason
from community.registry import registry


class FlagDraftSerializer(serializers.Serializer[Any]):
    """A report: which post, and what is wrong with it."""

    kind = serializers.CharField(max_length=40, help_text="What the post is: thread, answer, comment …")
    id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    reason = serializers.ChoiceField(choices=Reason.choices)
    note = Line(required=False, allow_blank=True, default="", max_length=Flag.NOTE_MAX)

    def validate_kind(self, kind: str) -> str:
        """A kind that nobody reports is a mistake of the program, not a missing post."""
        if kind not in registry.flaggables:
            raise serializers.ValidationError(
                f"One of: {', '.join(sorted(registry.flaggables))}.", code="invalid_choice"
            )
        return kind


class FlagSerializer(serializers.ModelSerializer[Flag]):
    """A report as it was taken. What became of it arrives as a notification."""

    id = serializers.IntegerField(source="subject_id")

    class Meta:
        model = Flag
        fields = ("kind", "id", "reason", "note", "at")


class NoticeDraftSerializer(serializers.Serializer[Any]):
    """A notice of illegal content. Only for `children` may name and e-mail address stay empty."""

    url = Line(max_length=500, help_text="Where the content stands.")
    kind = serializers.ChoiceField(choices=Notice.Kind.choices)
    explanation = Markdown(max_length=Notice.TEXT_MAX, help_text="Why it is illegal.")
    name = Line(required=False, allow_blank=True, default="", max_length=120)
    email = serializers.EmailField(required=False, allow_blank=True, default="", max_length=254)
    in_good_faith = serializers.BooleanField(
        help_text="Must be true: what is said is believed to be accurate and complete."
    )

    def validate_in_good_faith(self, said: bool) -> bool:  # noqa: FBT001 - the framework's signature
        """The law asks for the statement, so there is no notice without it."""
        if not said:
            raise serializers.ValidationError("Say so, or do not send a notice.", code="required")
        return said

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Who gives the notice is needed for the receipt and the decision."""
        missing = [name for name in ("name", "email") if not attrs[name]]
        if missing and attrs["kind"] != Notice.Kind.CHILDREN:
            raise serializers.ValidationError(
                {name: serializers.ErrorDetail("Needed for receipt and decision.", code="required") for name in missing}
            )
        return attrs


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """The receipt."""

    class Meta:
        model = Notice
        fields = ("number", "kind", "url", "at")


class BlockSerializer(serializers.ModelSerializer[Block]):
    """Somebody whom one blocked."""

    handle = serializers.CharField(source="blocked.handle")
    name = serializers.CharField(source="blocked.display_name")

    class Meta:
        model = Block
        fields = ("handle", "name", "at")
