"""What is derived from the ledger and the journal: counters and levels, and levels that are kept for some days."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gamification.models.badge import Metric


class Counter(models.Model):
    """How often a metric moved for a member, kept by increments."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="counters")
    metric = models.CharField(_("metric"), max_length=40, choices=Metric)
    value = models.BigIntegerField(_("value"), default=0)

    class Meta:
        ordering = ("member_id", "metric")
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        constraints = (models.UniqueConstraint(fields=("member", "metric"), name="counter_unique"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.value} {self.metric}"


class Level(models.Model):
    """A level and the reputation from which it is reached."""

    number = models.PositiveSmallIntegerField(_("level"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    threshold = models.PositiveIntegerField(_("reputation from"), unique=True)

    class Meta:
        ordering = ("number",)
        verbose_name = _("level")
        verbose_name_plural = _("levels")

    def __str__(self) -> str:
        return self.name


class KeptLevel(models.Model):
    """A level that a member keeps to the end of a day though a decision of the team has taken it.

    It counts wherever the level beside a name counts; conditions of rules ask for the reputation alone.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_levels")
    number = models.PositiveSmallIntegerField(_("level"))
    until = models.DateField(pgettext_lazy("level", "kept until"))

    class Meta:
        ordering = ("member_id", "number")
        verbose_name = _("kept level")
        verbose_name_plural = _("kept levels")
        constraints = (models.UniqueConstraint(fields=("member", "number"), name="kept_level_unique"),)
        indexes = (models.Index("until", name="kept_level_ends"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.number} until {self.until}"
