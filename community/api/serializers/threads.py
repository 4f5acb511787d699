"""Threads: as they are told, asked, changed and filtered."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.api.pagination import PageQuery
from community.api.serializers.fields import HIDDEN, Line, Markdown
from community.api.serializers.links import absolute
from community.api.serializers.members import AuthorSerializer
from community.models import Phase, Product, Thread, Topic
from community.queries import products, threads


class ThreadSerializer(serializers.ModelSerializer[Thread]):
    """A question with its classification and counters; its answers are a list of their own."""

    url = serializers.SerializerMethodField()
    topic = serializers.SlugRelatedField[Topic](slug_field="slug", read_only=True, allow_null=True)
    product = serializers.SlugRelatedField[Product](slug_field="slug", read_only=True, allow_null=True)
    answers = serializers.IntegerField(source="answer_count", read_only=True)
    comments = serializers.IntegerField(source="comment_count", read_only=True)
    accepted_answer = serializers.IntegerField(source="accepted_answer_id", read_only=True, allow_null=True)
    official_answer = serializers.IntegerField(source="official_answer_id", read_only=True, allow_null=True)
    me_toos = serializers.IntegerField(source="me_too_count", read_only=True, help_text="Who has the question too.")
    hidden = serializers.BooleanField(source="is_hidden", read_only=True, help_text=HIDDEN)
    author = AuthorSerializer(read_only=True)

    class Meta:
        model = Thread
        fields = (
            "id",
            "url",
            "title",
            "html",
            "body",
            "state",
            "phase",
            "topic",
            "product",
            "language",
            "answers",
            "comments",
            "score",
            "accepted_answer",
            "official_answer",
            "me_toos",
            "author",
            "created_at",
            "edited_at",
            "active_at",
            "deleted_at",
            "hidden",
        )
        read_only_fields = fields
        extra_kwargs = {
            "html": {"help_text": "The body as safe HTML."},
            "body": {"help_text": "Markdown, as written."},
            "score": {"help_text": "Helpful votes over all answers."},
            "deleted_at": {"help_text": "Only its author and moderators still get a deleted thread."},
        }

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, thread: Thread) -> str:
        return absolute(self, thread.get_absolute_url())


class ThreadDraftSerializer(serializers.Serializer[Any]):
    """A question to ask."""

    title = Line(min_length=Thread.TITLE_MIN, max_length=Thread.TITLE_MAX)
    body = Markdown(max_length=Thread.BODY_MAX, allow_blank=True, default="", help_text="Markdown.")
    phase = serializers.ChoiceField(choices=Phase.choices)
    topic = serializers.SlugRelatedField[Topic](
        slug_field="slug", queryset=products.topics(), allow_null=True, default=None
    )
    product = serializers.SlugRelatedField[Product](
        slug_field="slug",
        queryset=products.active(),
        allow_null=True,
        default=None,
    )


class ThreadQuery(PageQuery):
    """Filters and order of the list of threads."""

    phase = serializers.ChoiceField(choices=Phase.choices, required=False)
    topic = serializers.SlugField(required=False, max_length=60)
    product = serializers.SlugField(required=False, max_length=80)
    state = serializers.ChoiceField(choices=Thread.State.choices, required=False)
    sort = serializers.ChoiceField(choices=sorted(threads.ORDERS), default="new")


class MergeSerializer(serializers.Serializer[Any]):
    """The question that stays."""

    into = serializers.IntegerField(min_value=1, max_value=2**63 - 1, help_text="The id of the question that stays.")


class SimilarQuery(serializers.Serializer[Any]):
    """The title as far as it is typed."""

    title = serializers.CharField(max_length=Thread.TITLE_MAX, min_length=3)


class SimilarThreadSerializer(serializers.ModelSerializer[Thread]):
    """What helps to see whether a question was asked before."""

    url = serializers.SerializerMethodField()
    answers = serializers.IntegerField(source="answer_count", read_only=True)

    class Meta:
        model = Thread
        fields = ("id", "url", "title", "state", "answers")
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, thread: Thread) -> str:
        return absolute(self, thread.get_absolute_url())
