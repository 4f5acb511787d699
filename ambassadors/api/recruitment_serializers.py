"""Campaigns and applications as the API tells them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ambassadors.models import Application, Campaign
from community.links import absolute


class TermSerializer(serializers.Serializer[Any]):
    """One term of a score: what was counted, and the points that it gives."""

    name = serializers.CharField()
    value = serializers.IntegerField()
    needed = serializers.IntegerField()
    full_at = serializers.IntegerField(help_text="From here on it gives all of `weight`, in proportion below.")
    weight = serializers.IntegerField()
    points = serializers.CharField(help_text="A decimal number.")


class FormQuestionSerializer(serializers.Serializer[Any]):
    """A question of the form; `name` is the key of its answer."""

    name = serializers.CharField()
    kind = serializers.CharField(help_text="text, long, choice, choices, number, yes_no or confirm.")
    label = serializers.CharField()  # type: ignore[assignment] # a field's own label is meant by the stubs
    hint = serializers.CharField()
    options = serializers.ListField(
        child=serializers.CharField(), source="choices", help_text="An answer names places in this list, from 0 on."
    )
    required = serializers.BooleanField()  # type: ignore[assignment] # as above


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    """A search for ambassadors."""

    url = serializers.SerializerMethodField()
    seats_left = serializers.SerializerMethodField()
    questions = serializers.SerializerMethodField()

    class Meta:
        model = Campaign
        fields = ("slug", "url", "title", "lead", "opens_at", "closes_at", "seats", "seats_left", "questions")
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, campaign: Campaign) -> str:
        return absolute(campaign.get_absolute_url())

    def get_seats_left(self, campaign: Campaign) -> int:
        return campaign.seats - campaign.taken

    @extend_schema_field(FormQuestionSerializer(many=True))
    def get_questions(self, campaign: Campaign) -> Any:
        return FormQuestionSerializer(campaign.questions.all(), many=True).data


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """Your application."""

    campaign = serializers.CharField(source="campaign.slug", read_only=True)
    url = serializers.SerializerMethodField()
    terms = TermSerializer(many=True, read_only=True)

    class Meta:
        model = Application
        fields = ("id", "campaign", "url", "state", "answers", "score", "terms", "submitted_at", "moved_at")
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, application: Application) -> str:
        return absolute(application.get_absolute_url())


class ApplySerializer(serializers.Serializer[Any]):
    """What was answered, by the name of the question."""

    answers = serializers.DictField(child=serializers.JSONField())


class WithdrawSerializer(serializers.Serializer[Any]):
    """Why, if you want to say so."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=1_000, default="")
