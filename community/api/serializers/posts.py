"""Answers and comments: as they are told and written."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.api.pagination import PageQuery
from community.api.serializers.fields import HIDDEN, Line, Markdown
from community.api.serializers.links import absolute
from community.api.serializers.members import AuthorSerializer
from community.models import Answer, Comment
from community.queries import answers


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    """An answer; ``context["opinions"]`` holds what the reader thinks of which answer.

    ``context["owned"]`` tells since when which author owns the thread's product.
    """

    url = serializers.SerializerMethodField()
    thread = serializers.IntegerField(source="thread_id", read_only=True)
    accepted = serializers.SerializerMethodField(help_text="Whether it is what solved the question.")
    official = serializers.SerializerMethodField(help_text="Whether it is the brand's official answer.")
    voted = serializers.SerializerMethodField(help_text="Whether you found it helpful.")
    vote = serializers.SerializerMethodField(help_text="Your own opinion: 1, -1, or 0 for none.")
    score = serializers.IntegerField(source="helpful_count", read_only=True, help_text="Helpful votes.")
    hidden = serializers.BooleanField(source="is_hidden", read_only=True, help_text=HIDDEN)
    author = AuthorSerializer(read_only=True)
    owns_since = serializers.SerializerMethodField(
        help_text="Since which month the author owns the product, as the shop's orders say; nobody has to show it."
    )

    class Meta:
        model = Answer
        fields = (
            "id",
            "url",
            "thread",
            "html",
            "body",
            "score",
            "accepted",
            "official",
            "voted",
            "vote",
            "author",
            "owns_since",
            "created_at",
            "edited_at",
            "deleted_at",
            "hidden",
        )
        read_only_fields = fields
        extra_kwargs = {
            "html": {"help_text": "The body as safe HTML."},
            "body": {"help_text": "Markdown, as written."},
            "deleted_at": {"help_text": "Only its author and moderators still get a deleted answer."},
        }

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, answer: Answer) -> str:
        return absolute(self, answer.get_absolute_url())

    def get_accepted(self, answer: Answer) -> bool:
        return answer.thread.accepted_answer_id == answer.pk

    def get_official(self, answer: Answer) -> bool:
        return answer.thread.official_answer_id == answer.pk

    def get_voted(self, answer: Answer) -> bool:
        return self._opinion(answer) == 1

    @extend_schema_field({"type": "integer", "enum": [1, 0, -1]})
    def get_vote(self, answer: Answer) -> int:
        return self._opinion(answer)

    def _opinion(self, answer: Answer) -> int:
        opinions: dict[int, int] = self.context["opinions"]
        return opinions.get(answer.pk, 0)

    @extend_schema_field({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$", "nullable": True, "example": "2025-03"})
    def get_owns_since(self, answer: Answer) -> str | None:
        since = self.context["owned"].get(answer.author_id)
        return f"{timezone.localtime(since):%Y-%m}" if since else None


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """A remark under a question, or under an answer of it."""

    thread = serializers.IntegerField(source="thread_id", read_only=True)
    answer = serializers.IntegerField(source="answer_id", read_only=True, allow_null=True)
    hidden = serializers.BooleanField(source="is_hidden", read_only=True, help_text=HIDDEN)
    author = AuthorSerializer(read_only=True)

    class Meta:
        model = Comment
        fields = ("id", "thread", "answer", "html", "body", "author", "created_at", "hidden")
        read_only_fields = fields


class AnswerDraftSerializer(serializers.Serializer[Any]):
    """The text of an answer."""

    body = Markdown(max_length=Answer.BODY_MAX, help_text="Markdown.")


class CommentDraftSerializer(serializers.Serializer[Any]):
    """The text of a comment: one paragraph of inline Markdown."""

    body = Line(max_length=Comment.BODY_MAX)


class VoteSerializer(serializers.Serializer[Any]):
    """An opinion of an answer; -1 says that it does not help."""

    value = serializers.ChoiceField(choices=(1, -1))


class AnswerQuery(PageQuery):
    """Order of the answers."""

    sort = serializers.ChoiceField(choices=sorted(answers.ORDERS), default="helpful")
