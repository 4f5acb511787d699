"""Reports of product tests as the API tells and takes them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ambassadors.models import Report, ReportQuestion
from community.api.serializers.fields import Line, Markdown
from community.api.serializers.links import absolute
from community.models import Review

ANSWERS = {
    "type": "object",
    "additionalProperties": {},
    "description": (
        "By the question's id: words, a number, true or false, the place of the chosen option (from 0), "
        "or a list of places."
    ),
    "example": {"1": 0, "2": False, "3": 3, "4": "A longer cord."},
}


class ReportQuestionSerializer(serializers.ModelSerializer[ReportQuestion]):
    """A question to the testers."""

    options = serializers.SerializerMethodField(help_text="What to choose from; its places are the answers.")

    class Meta:
        model = ReportQuestion
        fields = ("id", "kind", "label", "hint", "options", "required")
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_options(self, question: ReportQuestion) -> list[str]:
        return list(question.asked.options)


@extend_schema_field(ANSWERS)
class AnswersField(serializers.JSONField):
    """Answers by the ids of their questions."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            self.fail("invalid")
        return {str(name): answer for name, answer in data.items()}


class WriteReportSerializer(serializers.Serializer[Any]):
    """What a tester found. With `submit` false it is kept as a draft, and anything may be missing."""

    stars = serializers.IntegerField(min_value=1, max_value=5, required=False, allow_null=True, default=None)
    title = Line(max_length=Review.TITLE_MAX, required=False, allow_blank=True, default="")
    body = Markdown(max_length=Review.BODY_MAX, required=False, allow_blank=True, default="", help_text="Markdown.")
    pros = serializers.ListField(
        child=Line(max_length=Review.POINT_MAX), max_length=Review.POINTS_MAX, required=False, default=list
    )
    cons = serializers.ListField(
        child=Line(max_length=Review.POINT_MAX), max_length=Review.POINTS_MAX, required=False, default=list
    )
    answers = AnswersField(required=False, default=dict)
    publish = serializers.BooleanField(required=False, default=True, help_text="As your review, with its label.")
    submit = serializers.BooleanField(required=False, default=True, help_text="False: keep it as a draft.")


class ReportReviewSerializer(serializers.ModelSerializer[Review]):
    """The review that a report became."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = ("id", "url", "disclosure")
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, review: Review) -> str:
        return absolute(self, review.get_absolute_url())


class ReportSerializer(serializers.ModelSerializer[Report]):
    """Your report; ``context["questions"]`` are those of its test."""

    test = serializers.IntegerField(source="tester.test_id", read_only=True)
    pros = serializers.SerializerMethodField()
    cons = serializers.SerializerMethodField()
    answers = AnswersField(read_only=True)
    review = ReportReviewSerializer(read_only=True, allow_null=True)
    questions = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields = (
            *("test", "stars", "title", "body", "pros", "cons", "answers", "publish"),
            *("saved_at", "submitted_at", "review", "questions"),
        )
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_pros(self, report: Report) -> list[str]:
        return report.pros.splitlines()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_cons(self, report: Report) -> list[str]:
        return report.cons.splitlines()

    @extend_schema_field(ReportQuestionSerializer(many=True))
    def get_questions(self, report: Report) -> list[dict[str, Any]]:
        return [dict(row) for row in ReportQuestionSerializer(self.context["questions"], many=True).data]
