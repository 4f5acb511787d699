"""Reports of testers: what the brand asks, what they answer and show, and what it says about all of them."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambassadors.models.form_question import FormQuestion
from ambassadors.models.product_test import ProductTest
from ambassadors.models.tester import Tester
from community.models import Review
from community.models.privacy import private


class ReportQuestion(FormQuestion):
    """A question to those who test.

    Where it is ``public``, the sum of the answers stands on the page of the results; words never do.
    """

    test = models.ForeignKey(
        ProductTest, models.CASCADE, related_name="report_questions", verbose_name=_("product test")
    )
    public = models.BooleanField(
        _("shown in the results"), default=False, help_text=_("The sum of the answers. Words are never shown.")
    )

    class Meta:
        ordering = ("test_id", "position", "id")
        verbose_name = _("question to testers")
        verbose_name_plural = _("questions to testers")


class Report(models.Model):
    """What a tester found: written in parts, submitted once, fixed from then on.

    ``answers`` maps a question's number to the answer. Stars, sentence and experience become the tester's ``review``
    where they ``publish`` it. ``version`` counts what was saved, so that two tabs do not overwrite each other.
    """

    PHOTOS_MAX = Review.PHOTOS_MAX

    tester = models.OneToOneField(Tester, models.PROTECT, related_name="report", verbose_name=_("tester"))
    stars = models.PositiveSmallIntegerField(
        _("stars"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    title = models.CharField(_("in one sentence"), max_length=Review.TITLE_MAX, blank=True)
    body = models.TextField(_("experience"), max_length=Review.BODY_MAX, blank=True)
    pros = models.TextField(_("good"), blank=True)
    cons = models.TextField(_("not so good"), blank=True)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    publish = models.BooleanField(_("published as a review"), default=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(_("saved"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    review = models.OneToOneField(
        Review, models.SET_NULL, null=True, blank=True, related_name="report", verbose_name=_("review")
    )

    class Meta:
        ordering = ("-submitted_at", "-id")
        verbose_name = _("report of a test")
        verbose_name_plural = _("reports of tests")
        constraints = (
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(stars__gte=1, stars__lte=5), name="report_has_stars"
            ),
        )
        indexes = (models.Index(F("submitted_at").desc(), F("id").desc(), name="report_latest"),)

    def __str__(self) -> str:
        return self.title


class ReportPhoto(models.Model):
    """A picture in a report, encoded anew. No address leads to its file; a review gets a copy."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="photos")
    file = models.FileField(_("picture"), storage=private, upload_to="reports/%Y/%m/")
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    created_at = models.DateTimeField(_("uploaded"))

    class Meta:
        ordering = ("report_id", "id")
        verbose_name = _("photo of a report")
        verbose_name_plural = _("photos of reports")

    def __str__(self) -> str:
        return f"{self.report_id}: {self.pk}"


class Findings(models.Model):
    """What the brand takes from a test, in its own words; with it the results are public."""

    test = models.OneToOneField(ProductTest, models.CASCADE, related_name="findings", verbose_name=_("product test"))
    words = models.TextField(_("what you take from it"), max_length=2_000)
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )

    class Meta:
        ordering = ("-published_at", "-id")
        verbose_name = _("results of a test")
        verbose_name_plural = _("results of tests")

    def __str__(self) -> str:
        return self.words[:60]

    def get_absolute_url(self) -> str:
        """Address of the results."""
        return reverse("ambassadors:product_test_results", args=[self.test.slug])
