"""What a search finds, and how it is asked."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.api.serializers.links import absolute
from community.api.serializers.members import AuthorSerializer
from community.queries import search
from community.queries.search import Hit
from community.search import index, snippets


class SearchQuery(serializers.Serializer[Any]):
    """What is looked for."""

    q = serializers.CharField(
        max_length=search.LONGEST,
        help_text="Words, and filters: `product:` `topic:` `by:` `phase:` `solved:`, or in German `produkt:` `thema:` "
        "`von:` `phase:` `gelöst:`.",
    )
    cursor = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=index.HITS // search.SIZE,
        default=1,
        help_text="From `next` or `previous`.",
    )


class HitSerializer(serializers.Serializer[Any]):
    """A question, and the piece of it or of one of its answers that says most of what was asked."""

    id = serializers.IntegerField(source="thread.pk")
    url = serializers.SerializerMethodField()
    title = serializers.CharField(source="thread.title")
    snippet = serializers.SerializerMethodField(help_text="Safe HTML, the words that were looked for in `mark`.")
    answer = serializers.IntegerField(
        source="answer.pk", default=None, allow_null=True, help_text="The answer that the snippet is from."
    )
    state = serializers.CharField(source="thread.state")
    phase = serializers.CharField(source="thread.phase")
    topic = serializers.CharField(source="thread.topic.slug", default=None, allow_null=True)
    product = serializers.CharField(source="thread.product.slug", default=None, allow_null=True)
    language = serializers.CharField(source="thread.language")
    answers = serializers.IntegerField(source="thread.answer_count")
    author = AuthorSerializer(source="thread.author")
    created_at = serializers.DateTimeField(source="thread.created_at")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, hit: Hit) -> str:
        return absolute(self, (hit.answer or hit.thread).get_absolute_url())

    def get_snippet(self, hit: Hit) -> str:
        return snippets.html(hit.snippet)
