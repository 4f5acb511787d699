"""Streaks: days in a row on which somebody did something, on the calendar of their own time zone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Streak(models.Model):
    """Which deeds fill a day, and how many missed days are forgiven.

    Every ``freeze_every`` days in a row earn a freeze, ``freeze_most`` of them are kept; a missed day takes one.
    """

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    verbs = models.JSONField(_("deeds that fill a day"), default=list)
    freeze_every = models.PositiveSmallIntegerField(_("days that earn a freeze"), default=7)
    freeze_most = models.PositiveSmallIntegerField(_("freezes kept at most"), default=2)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("streak")
        verbose_name_plural = _("streaks")
        constraints = (models.CheckConstraint(condition=Q(freeze_every__gt=0), name="streak_freeze_every"),)

    def __str__(self) -> str:
        return self.name


class StreakDay(models.Model):
    """How many deeds that still stand fill one local day of a member."""

    streak = models.ForeignKey(Streak, models.CASCADE, related_name="days")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="streak_days")
    day = models.DateField(_("day"))
    deeds = models.BigIntegerField(_("deeds"), default=0)

    class Meta:
        ordering = ("streak_id", "member_id", "day")
        verbose_name = _("day of a streak")
        verbose_name_plural = _("days of streaks")
        constraints = (models.UniqueConstraint(fields=("streak", "member", "day"), name="streak_day_unique"),)

    def __str__(self) -> str:
        return f"{self.streak_id} {self.member_id}: {self.day}"


class StreakRun(models.Model):
    """Where a member's streak stands, derived from the days.

    ``holds_until`` is the last local day on which a deed still continues it; ``warned_for`` the one that was told.
    """

    streak = models.ForeignKey(Streak, models.CASCADE, related_name="runs")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="streak_runs")
    length = models.PositiveIntegerField(_("days in a row"), default=0)
    best = models.PositiveIntegerField(_("longest"), default=0)
    freezes = models.PositiveSmallIntegerField(_("freezes"), default=0)
    last_day = models.DateField(_("last day"), null=True)
    holds_until = models.DateField(_("holds until"), null=True)
    warned_for = models.DateField(null=True)

    class Meta:
        ordering = ("streak_id", "member_id")
        verbose_name = _("member's streak")
        verbose_name_plural = _("members' streaks")
        constraints = (models.UniqueConstraint(fields=("streak", "member"), name="streak_run_unique"),)
        indexes = (models.Index("holds_until", "id", name="streak_run_ends"),)

    def __str__(self) -> str:
        return f"{self.streak_id} {self.member_id}: {self.length}"
