"""Reviews and ratings: as they are told and written."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.api.pagination import PageQuery
from community.api.serializers.fields import HIDDEN, Line, Markdown
from community.api.serializers.links import absolute
from community.api.serializers.members import AuthorSerializer
from community.models import Disclosure, Rating, Review, ReviewPhoto
from community.queries import reviews

HISTOGRAM = {
    "type": "object",
    "properties": {str(stars): {"type": "integer"} for stars in (5, 4, 3, 2, 1)},
    "description": "Reviews by stars.",
}


class RatingSerializer(serializers.Serializer[Rating]):
    """What a product's reviews add up to. Those with a disclosure are counted apart and never averaged in."""

    average = serializers.FloatField(read_only=True, allow_null=True, help_text="To one place; null without reviews.")
    reviews = serializers.IntegerField(source="count", read_only=True)
    verified = serializers.IntegerField(read_only=True, help_text="Of these, verified purchases.")
    histogram = serializers.SerializerMethodField()
    disclosed = serializers.IntegerField(
        source="sample_count", read_only=True, help_text="Reviews of free or lent products, or by the team."
    )
    disclosed_average = serializers.FloatField(source="sample_average", read_only=True, allow_null=True)

    @extend_schema_field(HISTOGRAM)
    def get_histogram(self, rating: Rating) -> dict[str, int]:
        return {str(stars): count for stars, count in rating.histogram.items()}


class ReviewPhotoSerializer(serializers.ModelSerializer[ReviewPhoto]):
    """A picture in a review."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = ReviewPhoto
        fields = ("id", "url", "width", "height")
        read_only_fields = fields

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, photo: ReviewPhoto) -> str:
        return absolute(self, photo.file.url)


class PhotoDraftSerializer(serializers.Serializer[Any]):
    """A picture to add."""

    file = serializers.FileField(help_text="JPEG, PNG, WebP or GIF of up to 10 MB. Place and camera are removed.")


class ReplySerializer(serializers.Serializer[Any]):
    """What the brand says to a review."""

    html = serializers.CharField(read_only=True)
    author = serializers.CharField(source="author.display_name", read_only=True)
    created_at = serializers.DateTimeField(read_only=True)


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """A review; ``context["helped"]`` holds the ids of those that the reader found helpful."""

    url = serializers.SerializerMethodField()
    product = serializers.CharField(source="product.slug", read_only=True)
    pros = serializers.ListField(source="good_points", child=serializers.CharField(), read_only=True)
    cons = serializers.ListField(source="bad_points", child=serializers.CharField(), read_only=True)
    helpful = serializers.IntegerField(source="helpful_count", read_only=True, help_text="Who found it helpful.")
    helped = serializers.SerializerMethodField(help_text="Whether you found it helpful.")
    hidden = serializers.BooleanField(source="is_hidden", read_only=True, help_text=HIDDEN)
    author = AuthorSerializer(read_only=True)
    photos = ReviewPhotoSerializer(many=True, read_only=True)
    reply = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = (
            *("id", "url", "product", "stars", "title", "html", "body", "pros", "cons", "owned_since", "language"),
            *("verified", "disclosure", "helpful", "helped", "photos", "reply", "author"),
            *("created_at", "edited_at", "deleted_at", "hidden"),
        )
        read_only_fields = fields
        extra_kwargs = {
            "html": {"help_text": "The body as safe HTML."},
            "body": {"help_text": "Markdown, as written."},
            "verified": {"help_text": "Whether the shop says that its author bought it."},
            "disclosure": {"help_text": "Empty, or how its author came to the product without buying it."},
            "deleted_at": {"help_text": "Only its author and moderators still get a deleted review."},
        }

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, review: Review) -> str:
        return absolute(self, review.get_absolute_url())

    def get_helped(self, review: Review) -> bool:
        return review.pk in self.context["helped"]

    @extend_schema_field(ReplySerializer(allow_null=True))
    def get_reply(self, review: Review) -> dict[str, Any] | None:
        reply = getattr(review, "reply", None)
        return dict(ReplySerializer(reply).data) if reply and reply.withdrawn_at is None else None


class ReviewDraftSerializer(serializers.Serializer[Any]):
    """What is said of a product. Photos are added one by one to what was written."""

    stars = serializers.IntegerField(min_value=1, max_value=5)
    title = Line(max_length=Review.TITLE_MAX)
    body = Markdown(max_length=Review.BODY_MAX, help_text="Markdown.")
    pros = serializers.ListField(
        child=Line(max_length=Review.POINT_MAX), max_length=Review.POINTS_MAX, required=False, help_text="Short points."
    )
    cons = serializers.ListField(
        child=Line(max_length=Review.POINT_MAX), max_length=Review.POINTS_MAX, required=False, help_text="Short points."
    )
    owned_since = serializers.DateField(required=False, allow_null=True)
    disclosure = serializers.ChoiceField(
        choices=Disclosure.choices, required=False, help_text="Can be added and not taken away."
    )

    def validate_owned_since(self, value: Any) -> Any:
        if value and value > timezone.localdate():
            raise serializers.ValidationError(_("This day is still to come."))
        return value


class ReviewQuery(PageQuery):
    """Order and choice of the reviews."""

    sort = serializers.ChoiceField(choices=sorted(reviews.ORDERS), default="helpful")
    stars = serializers.IntegerField(required=False, min_value=1, max_value=5)
    show = serializers.ChoiceField(choices=sorted(reviews.SHOWN), required=False)
