"""What the search did not find, and what was done about questions that nobody answers."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class SearchMiss(models.Model):
    """Words that somebody looked for in vain, counted and never tied to who did.

    ``done_at`` says that somebody wrote or renamed something for it; looked for in vain again, it comes back.
    """

    TERM_MAX = 80

    term = models.CharField(_("looked for"), max_length=TERM_MAX)
    language = models.CharField(_("language"), max_length=2)
    count = models.PositiveIntegerField(_("times"), default=0)
    last_at = models.DateTimeField(_("last time"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )

    class Meta:
        ordering = ("-count", "-id")
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        constraints = (models.UniqueConstraint(fields=("term", "language"), name="search_miss_once"),)
        indexes = (models.Index(F("count").desc(), F("id").desc(), name="search_miss_count"),)

    def __str__(self) -> str:
        return self.term


class Escalation(models.Model):
    """One step of the ladder for one question without an answer; ``told`` is how many members heard of it."""

    class Step(models.TextChoices):
        FOLLOWERS = "followers", _("Followers of its product and topic")
        EXPERTS = "experts", _("Ambassadors who know the subject")
        AGENTS = "agents", _("The team")

    thread = models.ForeignKey("community.Thread", models.CASCADE, related_name="escalations", verbose_name=_("thread"))
    step = models.CharField(_("step"), max_length=10, choices=Step)
    at = models.DateTimeField(_("told"))
    told = models.PositiveIntegerField(_("members told"), default=0)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        constraints = (models.UniqueConstraint(fields=("thread", "step"), name="escalation_once"),)
        indexes = (models.Index(F("at").desc(), F("id").desc(), name="escalation_new"),)

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.step}"
