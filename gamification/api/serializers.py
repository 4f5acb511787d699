"""Ledger, badges and boards as the API tells them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.api.serializers.links import absolute
from community.api.serializers.members import AuthorSerializer
from community.models import Thread
from gamification import explaining
from gamification.models import Award, Decision, Entry, Grade
from gamification.queries.boards import Place


class EntrySerializer(serializers.ModelSerializer[Entry]):
    """One entry of one's own ledger."""

    reason = serializers.SerializerMethodField(help_text="Said to people, in their language.")
    reverses = serializers.IntegerField(
        source="reverses_id", read_only=True, allow_null=True, help_text="The entry that this one takes back."
    )

    class Meta:
        model = Entry
        fields: tuple[str, ...] = ("id", "amount", "currency", "kind", "reason", "reverses", "at")
        read_only_fields: tuple[str, ...] = ("id", "amount", "currency", "kind", "at")

    def get_reason(self, entry: Entry) -> str:
        return explaining.reason(entry)


class RuleUsedSerializer(serializers.Serializer[Any]):
    """The version of the rule that decided."""

    slug = serializers.SlugField(source="rule.slug")
    name = serializers.CharField(source="rule.name")
    version = serializers.IntegerField(source="number")


class DeedSerializer(serializers.Serializer[Any]):
    """What was done."""

    verb = serializers.CharField(help_text="As in `answer.accepted`.")
    at = serializers.DateTimeField()


class ThreadLinkSerializer(serializers.ModelSerializer[Thread]):
    """The question that it was about."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Thread
        fields = ("id", "title", "url")
        read_only_fields = ("id", "title")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, thread: Thread) -> str:
        return absolute(self, thread.get_absolute_url())


class WhySerializer(EntrySerializer):
    """One entry with the rule and the deed behind it; ``context["thread"]`` is the question, if it still shows."""

    rule = RuleUsedSerializer(source="rule_version", read_only=True, allow_null=True)
    deed = DeedSerializer(source="activity", read_only=True)
    thread = serializers.SerializerMethodField()

    facts = serializers.SerializerMethodField(help_text="What decided, said to people, in their language.")

    class Meta(EntrySerializer.Meta):
        fields = (*EntrySerializer.Meta.fields, "rule", "deed", "thread", "facts")

    def get_facts(self, _entry: Entry) -> list[str]:
        told = self.context["told"]
        return told.sentences if told else []

    @extend_schema_field(ThreadLinkSerializer(allow_null=True))
    def get_thread(self, entry: Entry) -> Any:
        thread = self.context["thread"]
        return ThreadLinkSerializer(thread, context=self.context).data if thread else None


class DecisionSerializer(serializers.Serializer[Any]):
    """What a version of a rule decided about a deed, and why."""

    id = serializers.IntegerField(source="decision.id")
    outcome = serializers.ChoiceField(choices=Decision.Outcome.choices, source="decision.outcome")
    rule = RuleUsedSerializer(source="decision.rule_version")
    deed = DeedSerializer(source="decision.activity")
    facts = serializers.ListField(
        child=serializers.CharField(), source="sentences", help_text="Said to people, in their language."
    )
    at = serializers.DateTimeField(source="decision.at")


class BalanceSerializer(serializers.Serializer[Any]):
    """What the ledger sums up to, and the level reached by reputation."""

    reputation = serializers.IntegerField()
    credits = serializers.IntegerField()
    level = serializers.IntegerField()


class PinSerializer(serializers.Serializer[Any]):
    """How a badge is drawn."""

    shape = serializers.CharField()
    tone = serializers.CharField()
    glyph = serializers.CharField()


class GradeSerializer(serializers.Serializer[Any]):
    """A grade of a badge: what it takes, how many hold it and how far you are."""

    badge = serializers.SlugField(source="slug")
    name = serializers.CharField()
    description = serializers.CharField()
    pin = PinSerializer()
    tier = serializers.ChoiceField(choices=Grade.Tier.choices, source="pin.tier")
    threshold = serializers.IntegerField()
    holders = serializers.IntegerField()
    percent = serializers.FloatField(
        allow_null=True, help_text="Of the active members, as counted last night; null before the first count."
    )
    progress = serializers.IntegerField(
        source="value", allow_null=True, help_text="Yours, up to the threshold; null for visitors."
    )
    earned_at = serializers.DateTimeField(source="earned", allow_null=True, help_text="Null until you earn it.")
    kept_until = serializers.DateField(
        allow_null=True, help_text="The last day of one that you hold although its threshold was moved beyond you."
    )


class AwardSerializer(serializers.ModelSerializer[Award]):
    """A grade that a member holds."""

    badge = serializers.SlugField(source="grade.badge.slug", read_only=True)
    name = serializers.CharField(source="grade.badge.name", read_only=True)
    description = serializers.CharField(source="grade.badge.description", read_only=True)
    pin = PinSerializer(source="grade.badge", read_only=True)
    tier = serializers.ChoiceField(choices=Grade.Tier.choices, source="grade.tier", read_only=True)
    threshold = serializers.IntegerField(source="grade.threshold", read_only=True)

    class Meta:
        model = Award
        fields = ("badge", "name", "description", "pin", "tier", "threshold", "at")
        read_only_fields = ("at",)


class PlaceSerializer(serializers.Serializer[Place]):
    """A place on a board; 1 is best."""

    place = serializers.IntegerField()
    member = AuthorSerializer()
    score = serializers.IntegerField()
