"""Reviews of products: what somebody who used one thinks of it, and what is kept of all of them together."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.models.post import Post

STARS = (5, 4, 3, 2, 1)


class Disclosure(models.TextChoices):
    """How the author came to the product, where it was not by buying it like everybody else."""

    NONE = "", _("Bought like everybody else")
    FREE = "free", _("Received free of charge")
    TEST = "test", _("Lent or given for a product test")
    EMPLOYEE = "employee", _("Works for the brand")


class Review(Post):
    """One member's opinion of one product; there is one, whatever becomes of it.

    ``verified`` is what the shop's orders say, ``owned_since`` what the author says. ``pros`` and ``cons`` hold one
    point a line. ``html`` is rendered from ``body``.
    """

    TITLE_MAX, BODY_MAX, POINTS_MAX, POINT_MAX, PHOTOS_MAX = 120, 8_000, 6, 100, 5

    product = models.ForeignKey("community.Product", models.PROTECT, related_name="reviews", verbose_name=_("product"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews", verbose_name=_("author")
    )
    stars = models.PositiveSmallIntegerField(_("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    body = models.TextField(_("review"))
    html = models.TextField(editable=False)
    pros = models.TextField(_("good"), blank=True)
    cons = models.TextField(_("not so good"), blank=True)
    owned_since = models.DateField(_("owned since"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, default="de")
    verified = models.BooleanField(_("verified purchase"), default=False, editable=False)
    disclosure = models.CharField(
        _("disclosure"), max_length=10, choices=Disclosure, default=Disclosure.NONE, blank=True
    )
    created_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    helpful_count = models.PositiveIntegerField(_("found helpful"), default=0, editable=False)
    photo_count = models.PositiveSmallIntegerField(_("photos"), default=0, editable=False)

    class Meta:
        ordering = ("-helpful_count", "-id")
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = (
            models.UniqueConstraint(fields=("author", "product"), name="review_once"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_stars"),
        )
        indexes = (
            models.Index("product", F("helpful_count").desc(), F("id").desc(), name="review_helpful"),
            models.Index("product", F("created_at").desc(), F("id").desc(), name="review_new"),
            models.Index("product", "stars", F("helpful_count").desc(), F("id").desc(), name="review_by_stars"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Place of the review on the product's page."""
        return f"{self.product.get_absolute_url()}?review={self.pk}#review-{self.pk}"

    @property
    def independent(self) -> bool:
        """Whether it counts in the average that the product shows."""
        return not self.disclosure

    @property
    def good_points(self) -> list[str]:
        """The pros, one by one."""
        return self.pros.splitlines()

    @property
    def bad_points(self) -> list[str]:
        """The cons, one by one."""
        return self.cons.splitlines()


class ReviewPhoto(models.Model):
    """A picture in a review, encoded anew; it goes with the review."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="photos")
    file = models.FileField(_("picture"), upload_to="reviews/%Y/%m/")
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    created_at = models.DateTimeField(_("uploaded"))

    class Meta:
        ordering = ("review_id", "id")
        verbose_name = _("photo of a review")
        verbose_name_plural = _("photos of reviews")

    def __str__(self) -> str:
        return str(self.file)


class HelpfulVote(models.Model):
    """That a member found a review helpful: 1, or 0 once withdrawn; ``rounds`` tells the repetitions apart."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="review_votes")
    value = models.PositiveSmallIntegerField(_("value"), default=0)
    rounds = models.PositiveIntegerField(default=0, editable=False)
    at = models.DateTimeField(_("voted"))

    class Meta:
        ordering = ("review_id", "voter_id")
        verbose_name = _("helpful vote")
        verbose_name_plural = _("helpful votes")
        constraints = (
            models.UniqueConstraint(fields=("review", "voter"), name="helpful_vote_once"),
            models.CheckConstraint(condition=Q(value__in=(0, 1)), name="helpful_vote_value"),
        )

    def __str__(self) -> str:
        return f"{self.voter_id} → {self.review_id}: {self.value}"


class ReviewReply(models.Model):
    """What the brand says to a review. ``rounds`` counts how often it replied anew after withdrawing."""

    BODY_MAX = 4_000

    review = models.OneToOneField(Review, models.CASCADE, related_name="reply")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))
    body = models.TextField(_("reply"))
    html = models.TextField(editable=False)
    created_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    rounds = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("review_id",)
        verbose_name = _("reply to a review")
        verbose_name_plural = _("replies to reviews")

    def __str__(self) -> str:
        return self.body[:60]


class Sample(models.Model):
    """That the brand gave or lent a product to a member: their review says so, whenever they write it."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="samples", verbose_name=_("member")
    )
    product = models.ForeignKey("community.Product", models.CASCADE, related_name="samples", verbose_name=_("product"))
    disclosure = models.CharField(
        _("disclosure"), max_length=10, choices=[choice for choice in Disclosure.choices if choice[0]]
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("given by")
    )
    granted_at = models.DateTimeField(_("given"))

    class Meta:
        ordering = ("-granted_at", "-id")
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        constraints = (models.UniqueConstraint(fields=("member", "product"), name="sample_once"),)

    def __str__(self) -> str:
        return f"{self.member} · {self.product}"


class Rating(models.Model):
    """How many visible reviews of a product gave how many stars, moved by increments.

    ``stars_…`` counts reviews of people who bought it like everybody else, and makes the average; ``sample_…``
    counts those with a disclosure, which are always told apart. A product without reviews may have no row.
    """

    product = models.OneToOneField("community.Product", models.CASCADE, related_name="+")
    stars_1 = models.PositiveIntegerField(default=0)
    stars_2 = models.PositiveIntegerField(default=0)
    stars_3 = models.PositiveIntegerField(default=0)
    stars_4 = models.PositiveIntegerField(default=0)
    stars_5 = models.PositiveIntegerField(default=0)
    sample_1 = models.PositiveIntegerField(default=0)
    sample_2 = models.PositiveIntegerField(default=0)
    sample_3 = models.PositiveIntegerField(default=0)
    sample_4 = models.PositiveIntegerField(default=0)
    sample_5 = models.PositiveIntegerField(default=0)
    verified = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("product_id",)
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")

    def __str__(self) -> str:
        return f"{self.product_id}: {self.average}"

    @property
    def histogram(self) -> Mapping[int, int]:
        """Reviews by stars, the best first; without samples."""
        return {stars: getattr(self, f"stars_{stars}") for stars in STARS}

    @property
    def samples(self) -> Mapping[int, int]:
        """Reviews with a disclosure, by stars."""
        return {stars: getattr(self, f"sample_{stars}") for stars in STARS}

    @property
    def count(self) -> int:
        """How many reviews make the average."""
        return sum(self.histogram.values())

    @property
    def average(self) -> float | None:
        """The mean of the stars to one place, or nothing where nobody has bought and reviewed it."""
        return _mean(self.histogram)

    @property
    def sample_count(self) -> int:
        """How many reviews have a disclosure."""
        return sum(self.samples.values())

    @property
    def sample_average(self) -> float | None:
        """The mean of those with a disclosure, never mixed with the other one."""
        return _mean(self.samples)

    @property
    def total(self) -> int:
        """How many reviews there are to read."""
        return self.count + self.sample_count


def _mean(histogram: Mapping[int, int]) -> float | None:
    count = sum(histogram.values())
    # To the nearest tenth, halves up, as people do it: never through the binary fraction of a quotient.
    return (20 * sum(stars * n for stars, n in histogram.items()) + count) // (2 * count) / 10 if count else None
