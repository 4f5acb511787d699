"""Tiers: how far an ambassador has come, what that asks for, and what a consultation is paid there."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gamification.money import MoneyField


class Tier(models.Model):
    """One tier. It is reached with every criterion met, and kept for ``validity_months`` at a time.

    Ratings count from the fifth on. A renewal asks for ``window_consultations`` and ``window_rating`` in the last
    ``window_days``; who misses them is warned and has ``grace_days`` before the tier below is theirs.
    """

    position = models.PositiveSmallIntegerField(_("position"), unique=True, help_text=_("1 is where everybody begins."))
    name = models.CharField(_("name"), max_length=60)
    medal = models.CharField(
        _("medal"),
        max_length=6,
        choices=(("bronze", _("Bronze")), ("silver", _("Silver")), ("gold", _("Gold"))),
        default="bronze",
    )
    consultations = models.PositiveIntegerField(_("consultations so far"), default=0)
    rating = models.DecimalField(
        _("average rating"),
        max_digits=2,
        decimal_places=1,
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(5)),
    )
    window_days = models.PositiveSmallIntegerField(_("recent means the last days"), default=180)
    window_consultations = models.PositiveIntegerField(_("recent consultations"), default=0)
    window_rating = models.DecimalField(
        _("recent average rating"),
        max_digits=2,
        decimal_places=1,
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(5)),
    )
    validity_months = models.PositiveSmallIntegerField(
        _("valid for months"), null=True, blank=True, help_text=_("Empty: without an end.")
    )
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=30)

    class Meta:
        ordering = ("position",)
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")

    def __str__(self) -> str:
        return self.name


class TierFee(models.Model):
    """What a consultation is paid in a tier from a moment on. Rows are added, never changed."""

    tier = models.ForeignKey(Tier, models.CASCADE, related_name="fees", verbose_name=_("tier"))
    amount = MoneyField(_("fee for a consultation"), validators=(MinValueValidator(0),))
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    valid_from = models.DateTimeField(_("valid from"))

    class Meta:
        ordering = ("tier", "-valid_from", "-id")
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        constraints = (
            models.UniqueConstraint(fields=("tier", "valid_from"), name="tier_fee_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="tier_fee_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class TierChange(models.Model):
    """An ambassador got, kept or lost a tier; ``by`` is empty where the clock did it. Rows are never changed.

    ``facts`` are the numbers that it was decided from.
    """

    class Cause(models.TextChoices):
        BEGUN = "begun", _("Began")
        REACHED = "reached", _("Reached")
        RENEWED = "renewed", _("Renewed")
        WARNED = "warned", _("Renewal missed")
        LOST = "lost", _("Not renewed")
        SET = "set", _("Set by a manager")

    ambassador = models.ForeignKey(
        "ambassadors.Ambassador", models.PROTECT, related_name="tier_changes", verbose_name=_("ambassador")
    )
    before = models.ForeignKey(Tier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from"))
    after = models.ForeignKey(Tier, models.PROTECT, related_name="+", verbose_name=_("to"))
    cause = models.CharField(_("cause"), max_length=8, choices=Cause)
    facts = models.JSONField(_("numbers"), default=dict, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("change of tier")
        verbose_name_plural = _("changes of tier")
        indexes = (models.Index("ambassador", F("at").desc(), F("id").desc(), name="tier_change_latest"),)

    def __str__(self) -> str:
        return f"{self.ambassador_id}: {self.cause}"
