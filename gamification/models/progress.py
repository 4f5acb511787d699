"""What is derived from the ledger and the journal: counters and levels."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

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
