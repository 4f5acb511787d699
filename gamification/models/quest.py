"""Quests: a few steps within a window of days, and points for whoever does them all."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gamification.models.badge import Metric


class Quest(models.Model):
    """What is to do from ``first_day`` to ``last_day`` of the site. ``rule`` pays for it: one ledger, one way."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=240, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    reputation = models.PositiveIntegerField(_("reputation"), default=0)
    credits = models.PositiveIntegerField(_("credits"), default=0)
    rule = models.OneToOneField(
        "gamification.Rule", models.PROTECT, null=True, blank=True, related_name="quest", editable=False
    )

    class Meta:
        ordering = ("last_day", "id")
        verbose_name = _("quest")
        verbose_name_plural = _("quests")
        constraints = (
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="quest_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return self.name


class QuestStep(models.Model):
    """How often a metric must move within the window."""

    quest = models.ForeignKey(Quest, models.CASCADE, related_name="steps")
    metric = models.CharField(_("counts"), max_length=40, choices=Metric)
    count = models.PositiveIntegerField(_("how often"))

    class Meta:
        ordering = ("quest_id", "id")
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = (
            models.UniqueConstraint(fields=("quest", "metric"), name="quest_step_metric"),
            models.CheckConstraint(condition=Q(count__gt=0), name="quest_step_positive"),
        )

    def __str__(self) -> str:
        return f"{self.quest_id}: {self.count} {self.metric}"


class QuestProgress(models.Model):
    """How often the metric of a step moved for a member within the window, kept by increments."""

    step = models.ForeignKey(QuestStep, models.CASCADE, related_name="progress")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="quest_progress")
    value = models.BigIntegerField(_("value"), default=0)

    class Meta:
        ordering = ("step_id", "member_id")
        verbose_name = _("progress of a quest")
        verbose_name_plural = _("progress of quests")
        constraints = (models.UniqueConstraint(fields=("step", "member"), name="quest_progress_unique"),)

    def __str__(self) -> str:
        return f"{self.step_id} {self.member_id}: {self.value}"


class QuestCompletion(models.Model):
    """All steps are done by a member. ``activity`` is the journal's word for it, which the rule pays for.

    ``round`` counts how often it was done anew after it had been undone.
    """

    quest = models.ForeignKey(Quest, models.PROTECT, related_name="completions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="quest_completions")
    round = models.PositiveIntegerField(default=1)
    activity = models.ForeignKey("community.Activity", models.PROTECT, related_name="+", verbose_name=_("deed"))
    stands = models.BooleanField(_("done"), default=True)
    at = models.DateTimeField(_("done at"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("completed quest")
        verbose_name_plural = _("completed quests")
        constraints = (models.UniqueConstraint(fields=("quest", "member"), name="quest_completion_unique"),)

    def __str__(self) -> str:
        return f"{self.quest_id}: {self.member_id}"
