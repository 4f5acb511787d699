"""What the rules decided, and what is counted so that they can: kept by increments while deeds are evaluated.

The rows are many and name only what is never deleted (deeds, members, active rules), so the database does not look
that up again for each of them.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Decision(models.Model):
    """What one version of a rule decided about one deed for one member, with the facts that decided it.

    ``facts`` holds names and numbers; ``gamification.explaining`` says them in the reader's language.
    """

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        CAPPED = "capped", _("capped")
        HELD = "held", _("held")
        WAITING = "waiting", _("waiting")

    rule_version = models.ForeignKey(
        "gamification.RuleVersion", models.PROTECT, db_constraint=False, db_index=False, related_name="decisions"
    )
    activity = models.ForeignKey(
        "community.Activity",
        models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=_("deed"),
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_constraint=False, db_index=False, related_name="decisions"
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    facts = models.JSONField(_("facts"), default=dict)
    at = models.DateTimeField(_("decided"))

    class Meta:
        ordering = ("-id",)
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = (models.UniqueConstraint(fields=("activity", "rule_version", "member"), name="decision_once"),)
        indexes = (models.Index("member", F("id").desc(), condition=~Q(outcome="granted"), name="decision_member"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.outcome} by {self.rule_version_id} for {self.activity_id}"


class DayCount(models.Model):
    """How often a metric moved for a member by the deeds of one day of the site, less what was taken back."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_constraint=False, db_index=False, related_name="day_counts"
    )
    metric = models.CharField(_("metric"), max_length=40)
    day = models.DateField(_("day"))
    value = models.IntegerField(_("value"), default=0)

    class Meta:
        ordering = ("member_id", "metric", "day")
        verbose_name = _("count of a day")
        verbose_name_plural = _("counts by day")
        constraints = (models.UniqueConstraint(fields=("member", "metric", "day"), name="day_count_unique"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.value} {self.metric} on {self.day}"


class PairDay(models.Model):
    """As ``DayCount``, by one ``actor``: from how many different people a member got something in a window."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_constraint=False, db_index=False, related_name="pair_days"
    )
    metric = models.CharField(_("metric"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    day = models.DateField(_("day"))
    value = models.IntegerField(_("value"), default=0)

    class Meta:
        ordering = ("member_id", "metric", "day", "actor_id")
        verbose_name = _("count of a day by person")
        verbose_name_plural = _("counts by day and person")
        constraints = (models.UniqueConstraint(fields=("member", "metric", "day", "actor"), name="pair_day_unique"),)

    def __str__(self) -> str:
        return f"{self.member_id} ← {self.actor_id}: {self.value} {self.metric} on {self.day}"


class CapUse(models.Model):
    """How much of a rule's caps is used up in one scope and period; what an undo takes back is given back here.

    ``scope`` names period, people and post as in ``day:pair:12:7``. The uses are the rule's and not its version's, so
    that a new version does not pay all over again.
    """

    rule = models.ForeignKey(
        "gamification.Rule", models.PROTECT, db_constraint=False, db_index=False, related_name="cap_uses"
    )
    scope = models.CharField(_("scope"), max_length=100)
    start = models.DateField(_("first day"))
    times = models.IntegerField(_("times"), default=0)
    amount = models.IntegerField(_("amount"), default=0)

    class Meta:
        ordering = ("rule_id", "scope", "start")
        verbose_name = _("use of a cap")
        verbose_name_plural = _("uses of caps")
        constraints = (models.UniqueConstraint(fields=("rule", "scope", "start"), name="cap_use_unique"),)

    def __str__(self) -> str:
        return f"{self.rule_id} {self.scope} {self.start}: {self.times}"


class Due(models.Model):
    """A decision that waits until ``at``; it is dropped when its deed is taken back before."""

    activity = models.ForeignKey("community.Activity", models.PROTECT, db_index=False, related_name="+")
    rule_version = models.ForeignKey("gamification.RuleVersion", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("due"))

    class Meta:
        ordering = ("at", "activity_id", "rule_version_id")
        verbose_name = _("decision that waits")
        verbose_name_plural = _("decisions that wait")
        constraints = (models.UniqueConstraint(fields=("activity", "rule_version"), name="due_unique"),)
        indexes = (models.Index(fields=("at", "activity", "rule_version"), name="due_at"),)

    def __str__(self) -> str:
        return f"{self.activity_id} by {self.rule_version_id} at {self.at}"
