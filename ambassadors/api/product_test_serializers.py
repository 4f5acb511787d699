"""Product tests, applications and invitations as the API tells them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ambassadors.models import ApplyQuestion, ProductTest, Segment, Tester
from community.links import absolute


class SegmentSerializer(serializers.ModelSerializer[Segment]):
    """An answer to the question that the seats are divided by."""

    class Meta:
        model = Segment
        fields = ("id", "name", "seats")
        read_only_fields = ("name", "seats")


class ApplyQuestionSerializer(serializers.ModelSerializer[ApplyQuestion]):
    """A question to applicants; an answer to a choice is the place of the option, from 0."""

    id = serializers.CharField(source="name", read_only=True)
    options = serializers.ListField(source="choices", child=serializers.CharField(), read_only=True)

    class Meta:
        model = ApplyQuestion
        fields = ("id", "kind", "label", "hint", "options", "required")
        read_only_fields = ("kind", "label", "hint", "required")


class TesterSerializer(serializers.ModelSerializer[Tester]):
    """Where you stand in a product test."""

    test = serializers.IntegerField(source="test_id", read_only=True)
    segment = serializers.IntegerField(source="segment_id", read_only=True, allow_null=True)
    number = serializers.CharField(
        read_only=True, help_text="Your number in the draw; nobody else knows that it is yours."
    )
    place = serializers.IntegerField(
        source="rank", read_only=True, allow_null=True, help_text="Your place in the draw."
    )

    class Meta:
        model = Tester
        fields = ("test", "state", "segment", "answers", "number", "tickets", "place", "applied_at", "answer_by")
        read_only_fields = ("state", "answers", "tickets", "applied_at", "answer_by")


class InvitationSerializer(serializers.ModelSerializer[Tester]):
    """A seat that you were offered."""

    test = serializers.IntegerField(source="test_id", read_only=True)
    title = serializers.CharField(source="test.title", read_only=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = Tester
        fields = ("id", "test", "title", "url", "state", "invited_at", "answer_by", "answered_at")
        read_only_fields = ("state", "invited_at", "answer_by", "answered_at")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, tester: Tester) -> str:
        return absolute(tester.test.get_absolute_url())


class ProductTestSerializer(serializers.ModelSerializer[ProductTest]):
    """A product test; ``context["held"]`` are the reader's applications by test."""

    url = serializers.SerializerMethodField()
    product = serializers.CharField(source="product.slug", read_only=True)
    disclosure = serializers.CharField(read_only=True, help_text="What the review will say: `free` or `test`.")
    segments = SegmentSerializer(many=True, read_only=True)
    questions = ApplyQuestionSerializer(many=True, read_only=True)
    draw = serializers.SerializerMethodField(help_text="What is published of the draw, to be computed again.")
    mine = serializers.SerializerMethodField()

    class Meta:
        model = ProductTest
        fields = (
            "id", "slug", "url", "product", "title", "lede", "state", "audience", "seats", "quota_question", "segments",
            "questions", "applied", "apply_until", "select_on", "ship_on", "report_until", "keeps", "disclosure",
            "draw", "mine",
        )  # fmt: skip
        read_only_fields = (
            "slug", "title", "lede", "state", "audience", "seats", "quota_question", "applied", "apply_until",
            "select_on", "ship_on", "report_until", "keeps",
        )  # fmt: skip

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, test: ProductTest) -> str:
        return absolute(test.get_absolute_url())

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_draw(self, test: ProductTest) -> str:
        return absolute(f"{test.get_absolute_url()}draw.json")

    @extend_schema_field(TesterSerializer(allow_null=True))
    def get_mine(self, test: ProductTest) -> dict[str, Any] | None:
        held: Tester | None = self.context.get("held", {}).get(test.pk)
        return TesterSerializer(held).data if held is not None else None


class ApplyForTestSerializer(serializers.Serializer[Any]):
    """An application: the segment, what was answered by the question's id, and the promise of an honest review."""

    segment = serializers.IntegerField(required=False, allow_null=True, default=None)
    answers = serializers.DictField(required=False, default=dict)
    pledge = serializers.BooleanField(help_text="That you will publish an honest review, with its disclosure.")
