"""Occasions: moments at which a person of the brand should get in touch with a member."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OccasionRule(models.Model):
    """When somebody is worth a word: at the ``threshold``-th helpful answer, or from that many stars."""

    class Trigger(models.TextChoices):
        HELPFUL = "helpful", _("A member's helpful answer, the n-th")
        ACCEPTED = "accepted", _("A member's accepted answer, the n-th")
        REVIEW = "review", _("A review with n stars or more")
        PURCHASE = "purchase", _("A member's product by purchase, the n-th")

    name = models.CharField(_("name"), max_length=80)
    trigger = models.CharField(_("at"), max_length=10, choices=Trigger)
    threshold = models.PositiveSmallIntegerField(_("n"), default=5, validators=[MinValueValidator(1)])
    advice = models.CharField(
        _("what to say"), max_length=300, blank=True, help_text=_("A line for whoever gets in touch.")
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("rule for occasions")
        verbose_name_plural = _("rules for occasions")

    def __str__(self) -> str:
        return self.name


class Occasion(models.Model):
    """A rule spoke for a member, once. It is open until somebody has dealt with it; it may rest for some days."""

    rule = models.ForeignKey(OccasionRule, models.PROTECT, related_name="occasions", verbose_name=_("rule"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="occasions", verbose_name=_("member")
    )
    facts = models.JSONField(_("what happened"), default=dict)
    at = models.DateTimeField(_("at"))
    rests_until = models.DateTimeField(_("rests until"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        constraints = (models.UniqueConstraint(fields=("rule", "member"), name="occasion_unique"),)
        indexes = (models.Index(fields=("at", "id"), condition=Q(done_at__isnull=True), name="occasion_open"),)

    def __str__(self) -> str:
        return f"{self.member}: {self.rule}"
