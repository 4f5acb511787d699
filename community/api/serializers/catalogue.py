"""Topics and products: what a thread may be about."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.api.serializers.links import absolute
from community.api.serializers.reviews import RatingSerializer
from community.models import Product, Topic
from community.queries import reviews


class TopicSerializer(serializers.ModelSerializer[Topic]):
    """A topic, named in the reader's language."""

    url = serializers.SerializerMethodField()
    threads = serializers.IntegerField(source="thread_count", read_only=True)

    class Meta:
        model = Topic
        fields = ("slug", "name", "url", "threads")
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, topic: Topic) -> str:
        return absolute(self, topic.get_absolute_url())


class ProductSerializer(serializers.ModelSerializer[Product]):
    """A product with its page here and its page in the shop."""

    url = serializers.SerializerMethodField()
    threads = serializers.IntegerField(source="thread_count", read_only=True)
    owners = serializers.IntegerField(
        source="owner_count", read_only=True, help_text="Members who own it, as the shop's orders say."
    )
    rating = serializers.SerializerMethodField()
    facts = serializers.JSONField(read_only=True, help_text="What the shop says is true of it.")
    shop_url = serializers.SerializerMethodField()

    class Meta:
        model = Product
        fields = (
            "sku",
            "slug",
            "name",
            "summary",
            "url",
            "shop_url",
            "price",
            "currency",
            "facts",
            "threads",
            "owners",
            "rating",
        )
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, product: Product) -> str:
        return absolute(self, product.get_absolute_url())

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_shop_url(self, product: Product) -> str | None:
        return product.shop_url or None

    @extend_schema_field(RatingSerializer)
    def get_rating(self, product: Product) -> dict[str, Any]:
        # A list attaches them all in one query; one product may ask for its own.
        return dict(RatingSerializer(vars(product).get("rating") or reviews.rating(product)).data)
