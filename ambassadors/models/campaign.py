"""Campaigns: when the brand looks for ambassadors, what it offers, what it asks and whom it hopes for."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambassadors.models.form_question import FormQuestion


class Campaign(models.Model):
    """A search for ambassadors with its own page. It takes applications from ``opens_at`` until ``closes_at``.

    ``taken`` counts the seats that are offered, accepted or filled; it never exceeds ``seats``.
    """

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    lead = models.TextField(_("lead"), max_length=600, help_text=_("Two or three sentences below the title."))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    seats = models.PositiveSmallIntegerField(
        _("seats"), default=10, validators=[MinValueValidator(1), MaxValueValidator(1_000)]
    )
    is_public = models.BooleanField(_("public"), default=False)
    taken = models.PositiveSmallIntegerField(_("seats taken"), default=0, editable=False)

    class Meta:
        ordering = ("-opens_at", "-id")
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = (
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="campaign_in_order"),
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="campaign_seats"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of the campaign's page."""
        return reverse("ambassadors:campaign", args=[self.slug])

    def takes_applications(self, at: datetime) -> bool:
        """Whether one may apply at this moment."""
        return self.is_public and self.opens_at <= at < self.closes_at


class CampaignNote(models.Model):
    """One thing that a campaign's page tells: what ambassadors get, or a fair question with its answer."""

    class Kind(models.TextChoices):
        BENEFIT = "benefit", _("What you get")
        QUESTION = "question", _("Fair question")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="notes")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    figure = models.CharField(
        _("figure"), max_length=20, blank=True, help_text=_("What is said in big letters: “€ 4.00”, “30 %”, “First”.")
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=600)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("campaign_id", "position", "id")
        verbose_name = _("note on the page")
        verbose_name_plural = _("notes on the page")

    def __str__(self) -> str:
        return self.title


class Voice(models.Model):
    """What an ambassador says about being one, in their own words."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="voices")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="voices", verbose_name=_("member")
    )
    quote = models.CharField(_("quote"), max_length=240)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("campaign_id", "position", "id")
        verbose_name = _("voice")
        verbose_name_plural = _("voices")
        constraints = (models.UniqueConstraint(fields=("campaign", "member"), name="voice_unique"),)

    def __str__(self) -> str:
        return self.quote


class Criterion(models.Model):
    """What a campaign hopes for, in a number that the community knows anyway.

    ``needed`` is what the page calls met. The score gives ``weight`` points to whoever has ``full_at`` or more, and
    less in proportion below. Where it ``must`` be met, nobody applies without.
    """

    class Metric(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted answers")
        HELPFUL = "helpful", _("Helpful votes")
        OWNED = "owned", _("Months as an owner")
        JOINED = "joined", _("Months in the community")
        REVIEWS = "reviews", _("Reviews")
        IDEAS = "ideas", _("Ideas that were taken up")
        CLEAR = "clear", _("No measure in force")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="criteria")
    metric = models.CharField(_("counts"), max_length=10, choices=Metric)
    needed = models.PositiveSmallIntegerField(_("needed"), default=1, validators=[MinValueValidator(1)])
    full_at = models.PositiveSmallIntegerField(
        _("all points from"), default=1, validators=[MinValueValidator(1)], help_text=_("At least what is needed.")
    )
    weight = models.PositiveSmallIntegerField(_("points at most"), default=10, validators=[MaxValueValidator(100)])
    must = models.BooleanField(_("without it nobody applies"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("campaign_id", "position", "id")
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = (
            models.UniqueConstraint(fields=("campaign", "metric"), name="criterion_unique"),
            models.CheckConstraint(condition=Q(needed__gte=1, full_at__gte=F("needed")), name="criterion_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.get_metric_display()}: {self.needed}"


class CampaignQuestion(FormQuestion):
    """One question of a campaign's form."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="questions")

    class Meta:
        ordering = ("campaign_id", "position", "id")
        verbose_name = _("question of the form")
        verbose_name_plural = _("questions of the form")
