"""Ideas and contests: as they are told, proposed, changed and filtered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.api.pagination import PageQuery
from community.api.serializers.fields import HIDDEN, Line, Markdown
from community.api.serializers.links import absolute
from community.api.serializers.members import AuthorSerializer
from community.models import Configuration, Contest, Idea, Product, Toolkit, ToolkitConstraint, ToolkitOption, Topic
from community.queries import ideas, products
from community.queries.toolkits import choices_of, constraints_of, options_of
from community.stages import Stage

BY_OPTION = "By option key, as the contest's `toolkit` names them."


class ChoiceSerializer(serializers.Serializer[Any]):
    """One way to choose an option."""

    key = serializers.CharField()
    name = serializers.CharField()
    note = serializers.CharField()
    price_effect = serializers.DecimalField(max_digits=10, decimal_places=2)


class OptionSerializer(serializers.ModelSerializer[ToolkitOption]):
    """One thing to choose."""

    required = serializers.BooleanField(source="is_required")  # type: ignore[assignment] # a field named like an attribute; fields live apart
    choices = serializers.SerializerMethodField()

    class Meta:
        model = ToolkitOption
        fields = ("key", "name", "required", "choices")
        read_only_fields = fields

    @extend_schema_field(ChoiceSerializer(many=True))
    def get_choices(self, option: ToolkitOption) -> Any:
        return ChoiceSerializer(choices_of(option), many=True).data


class ConstraintSerializer(serializers.ModelSerializer[ToolkitConstraint]):
    """What goes together and what does not; both sides as ``option:choice``."""

    choice = serializers.SerializerMethodField()
    other = serializers.SerializerMethodField()

    class Meta:
        model = ToolkitConstraint
        fields = ("choice", "kind", "other")
        read_only_fields = fields

    def get_choice(self, row: ToolkitConstraint) -> str:
        return str(self.context["names"][row.choice_id])

    def get_other(self, row: ToolkitConstraint) -> str:
        return str(self.context["names"][row.other_id])


class ToolkitSerializer(serializers.ModelSerializer[Toolkit]):
    """What may be composed."""

    options = serializers.SerializerMethodField()
    constraints = serializers.SerializerMethodField()

    class Meta:
        model = Toolkit
        fields = ("base_price", "currency", "options", "constraints")
        read_only_fields = fields

    @extend_schema_field(OptionSerializer(many=True))
    def get_options(self, toolkit: Toolkit) -> Any:
        return OptionSerializer(options_of(toolkit), many=True).data

    @extend_schema_field(ConstraintSerializer(many=True))
    def get_constraints(self, toolkit: Toolkit) -> Any:
        names = {
            choice.pk: f"{option.key}:{choice.key}" for option in options_of(toolkit) for choice in choices_of(option)
        }
        return ConstraintSerializer(constraints_of(toolkit), many=True, context={"names": names}).data


class ContestSerializer(serializers.ModelSerializer[Contest]):
    """A contest with its timetable; ``context["spent"]`` holds the votes that the reader has given in each."""

    url = serializers.SerializerMethodField()
    stage = serializers.SerializerMethodField(help_text="By the server's clock.")
    ideas = serializers.IntegerField(source="idea_count", read_only=True)
    votes_left = serializers.SerializerMethodField(help_text="Of yours; `null` for visitors.")
    toolkit = serializers.SerializerMethodField()

    class Meta:
        model = Contest
        fields = (
            "id",
            "slug",
            "url",
            "title",
            "description",
            "prize",
            "stage",
            "submit_from",
            "vote_from",
            "jury_from",
            "ends_at",
            "time_zone",
            "late_ideas",
            "vote_budget",
            "votes_left",
            "blind_votes",
            "jury_weight",
            "winner_count",
            "ideas",
            "toolkit",
            "closed_at",
        )
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, contest: Contest) -> str:
        return absolute(self, contest.get_absolute_url())

    @extend_schema_field(serializers.ChoiceField(choices=[stage.value for stage in Stage]))
    def get_stage(self, contest: Contest) -> str:
        return contest.stage(timezone.now()).value

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_votes_left(self, contest: Contest) -> int | None:
        spent: Mapping[int, int] | None = self.context["spent"]
        return None if spent is None else max(0, contest.vote_budget - spent.get(contest.pk, 0))

    @extend_schema_field(ToolkitSerializer(allow_null=True))
    def get_toolkit(self, contest: Contest) -> Any:
        toolkit = getattr(contest, "toolkit", None)
        return None if toolkit is None else ToolkitSerializer(toolkit).data


class ConfigurationSerializer(serializers.ModelSerializer[Configuration]):
    """What was composed, at the price that the server worked out."""

    choices = serializers.DictField(child=serializers.CharField(), help_text=BY_OPTION)

    class Meta:
        model = Configuration
        fields = ("choices", "price", "currency")
        read_only_fields = fields


class IdeaSerializer(serializers.ModelSerializer[Idea]):
    """An idea; ``context["voted"]`` holds the ids of those that the reader voted for."""

    url = serializers.SerializerMethodField()
    reason = serializers.CharField(source="status_reason", read_only=True, help_text="Why the brand decided so.")
    votes = serializers.SerializerMethodField(help_text="`null` while the votes of its contest are blind.")
    voted = serializers.SerializerMethodField(help_text="Whether you voted for it.")
    comments = serializers.IntegerField(source="comment_count", read_only=True)
    product = serializers.SlugRelatedField[Product](slug_field="slug", read_only=True, allow_null=True)
    topic = serializers.SlugRelatedField[Topic](slug_field="slug", read_only=True, allow_null=True)
    contest = serializers.SlugRelatedField[Contest](slug_field="slug", read_only=True, allow_null=True)
    remix_of = serializers.IntegerField(source="remix_of_id", read_only=True, allow_null=True)
    configuration = serializers.SerializerMethodField()
    hidden = serializers.BooleanField(source="is_hidden", read_only=True, help_text=HIDDEN)
    author = AuthorSerializer(read_only=True)

    class Meta:
        model = Idea
        fields = (
            "id",
            "url",
            "title",
            "html",
            "body",
            "status",
            "reason",
            "votes",
            "voted",
            "comments",
            "product",
            "topic",
            "contest",
            "remix_of",
            "configuration",
            "language",
            "author",
            "created_at",
            "edited_at",
            "deleted_at",
            "hidden",
        )
        read_only_fields = fields
        extra_kwargs = {"html": {"help_text": "The body as safe HTML."}, "body": {"help_text": "Markdown, as written."}}

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, idea: Idea) -> str:
        return absolute(self, idea.get_absolute_url())

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_votes(self, idea: Idea) -> int | None:
        return None if idea.contest is not None and idea.contest.hides_votes else idea.vote_count

    def get_voted(self, idea: Idea) -> bool:
        return idea.pk in self.context["voted"]

    @extend_schema_field(ConfigurationSerializer(allow_null=True))
    def get_configuration(self, idea: Idea) -> Any:
        configuration = getattr(idea, "configuration", None)
        return None if configuration is None else ConfigurationSerializer(configuration).data


class IdeaTextSerializer(serializers.Serializer[Any]):
    """What the author may change; choices only where the contest has a toolkit."""

    title = Line(min_length=Idea.TITLE_MIN, max_length=Idea.TITLE_MAX)
    body = Markdown(max_length=Idea.BODY_MAX, required=False, allow_blank=True, default="", help_text="Markdown.")
    product = serializers.SlugRelatedField[Product](
        slug_field="slug", queryset=products.active(), required=False, allow_null=True, default=None
    )
    topic = serializers.SlugRelatedField[Topic](
        slug_field="slug", queryset=products.topics(), required=False, allow_null=True, default=None
    )
    choices = serializers.DictField(
        child=serializers.CharField(max_length=40, allow_blank=True), required=False, help_text=BY_OPTION
    )


class IdeaDraftSerializer(IdeaTextSerializer):
    """An idea to propose, on the board or in a contest."""

    contest = serializers.SlugField(required=False, allow_null=True, default=None)
    remix_of = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=2**63 - 1)


class IdeaQuery(PageQuery):
    """Filters and order of the list of ideas. Without ``contest`` it is the board."""

    contest = serializers.SlugField(required=False, max_length=60)
    status = serializers.ChoiceField(choices=Idea.Status.choices, required=False)
    product = serializers.SlugField(required=False, max_length=80)
    sort = serializers.ChoiceField(choices=sorted(ideas.ORDERS), default="top")
