"""Holds: points that stay out of balances and boards while a person looks at how they came about."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Guard(models.Model):
    """One row: whose deeds do not count yet, and what the nightly search takes for suspicious."""

    newcomer_hours = models.PositiveIntegerField(
        _("hours that a new account does not count"),
        default=0,
        help_text=_("As long as its trust is 0. An account without a verified address never counts."),
    )
    is_watching = models.BooleanField(_("search every night"), default=True)
    window_days = models.PositiveSmallIntegerField(_("days that it looks back"), default=30)
    mutual = models.PositiveSmallIntegerField(
        _("votes each way between two members"), default=5, help_text=_("From so many on they are looked at.")
    )
    burst = models.PositiveSmallIntegerField(
        _("votes of young accounts for one member in a day"), default=8, help_text=_("From so many on it is a burst.")
    )
    young_days = models.PositiveSmallIntegerField(_("days that an account is young"), default=14)

    class Meta:
        ordering = ("id",)
        verbose_name = _("guard")
        verbose_name_plural = _("guards")
        constraints = (
            models.CheckConstraint(condition=Q(id=1), name="guard_single"),
            models.CheckConstraint(
                condition=Q(mutual__gte=2, burst__gte=3, window_days__range=(1, 366)), name="guard_sane"
            ),
        )

    def __str__(self) -> str:
        return str(self._meta.verbose_name_plural)


class HoldCase(models.Model):
    """One suspicion with its evidence. ``opened_by`` is empty where the nightly search opened it.

    ``evidence`` holds numbers and ids: how the score came about, who gave to whom how often. ``waiting`` counts its
    holds that a person has still to decide about, appeals included.
    """

    class Pattern(models.TextChoices):
        MUTUAL = "mutual", _("Votes back and forth")
        RING = "ring", _("Closed circle")
        BURST = "burst", _("Many new accounts at once")
        MANUAL = "manual", _("Held by a manager")

    NOTE_MAX = 1000

    pattern = models.CharField(_("pattern"), max_length=8, choices=Pattern)
    score = models.PositiveSmallIntegerField(_("score"), default=0)
    evidence = models.JSONField(_("evidence"), default=dict)
    note = models.TextField(
        _("reason"), max_length=NOTE_MAX, blank=True, help_text=_("The member reads it. Say what you saw.")
    )
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("opened by")
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("claimed by")
    )
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    waiting = models.PositiveIntegerField(_("to decide"), default=0)

    class Meta:
        ordering = ("-score", "id")
        verbose_name = _("case of held points")
        verbose_name_plural = _("held points")
        constraints = (models.CheckConstraint(condition=Q(score__lte=100), name="hold_case_score"),)
        indexes = (models.Index(F("score").desc(), "id", condition=Q(waiting__gt=0), name="hold_case_desk"),)

    def __str__(self) -> str:
        return f"{self.get_pattern_display()} #{self.pk}"


class HeldDeed(models.Model):
    """A deed that a case is about. A deed is accused once: what a person has judged is not brought up again."""

    case = models.ForeignKey(HoldCase, models.PROTECT, related_name="deeds")
    activity = models.OneToOneField(
        "community.Activity", models.PROTECT, related_name="held_in", verbose_name=_("deed")
    )

    class Meta:
        ordering = ("activity_id",)
        verbose_name = _("deed of a case")
        verbose_name_plural = _("deeds of cases")

    def __str__(self) -> str:
        return f"{self.case_id}: {self.activity_id}"


class Hold(models.Model):
    """What a case holds back from one member, and what was decided about it.

    ``entries`` are the counter-entries in the ledger. Who decided first is ``decided_by``; about an appeal against that
    somebody else decides, who is ``answered_by``.
    """

    class State(models.TextChoices):
        HELD = "held", _("held")
        RELEASED = "released", _("given back")
        FINAL = "final", _("not counted")

    TEXT_MAX = 4000

    case = models.ForeignKey(HoldCase, models.PROTECT, related_name="holds", verbose_name=_("case"))
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="holds", verbose_name=_("member"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.HELD)
    placed_at = models.DateTimeField(_("held since"))
    statement = models.TextField(_("statement"), max_length=TEXT_MAX, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    appeal = models.TextField(_("what the member says"), max_length=TEXT_MAX, blank=True)
    appealed_at = models.DateTimeField(_("appealed"), null=True, blank=True)
    answer = models.TextField(_("answer to the appeal"), max_length=TEXT_MAX, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ("-placed_at", "-id")
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = (
            models.UniqueConstraint(fields=("case", "member"), name="hold_once"),
            models.CheckConstraint(
                condition=Q(state="held", decided_by=None, decided_at=None)
                | (~Q(state="held") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="hold_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(decided_by=None) | ~Q(decided_by=F("member")))
                & (Q(answered_by=None) | ~Q(answered_by=F("member"))),
                name="hold_not_ones_own",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("decided_by")), name="hold_second_person"
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(appealed_at__isnull=False), name="hold_answer_to_appeal"
            ),
        )
        indexes = (models.Index("member", F("placed_at").desc(), F("id").desc(), name="hold_member"),)

    def __str__(self) -> str:
        return f"{self.case_id}: {self.member_id}"

    def get_absolute_url(self) -> str:
        """Address of what is held and why, for the member it concerns."""
        return reverse("gamification:hold", args=[self.pk])

    @property
    def waits(self) -> bool:
        """Whether a person has still to decide: at first, or about an appeal against a final decision."""
        appealed = self.state == self.State.FINAL and self.appealed_at is not None and self.answered_at is None
        return self.state == self.State.HELD or appealed


class HeldEntry(models.Model):
    """A counter-entry of the ledger that belongs to a hold."""

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="entries")
    entry = models.OneToOneField("gamification.Entry", models.PROTECT, related_name="held_by")

    class Meta:
        ordering = ("entry_id",)
        verbose_name = _("held entry")
        verbose_name_plural = _("held entries")

    def __str__(self) -> str:
        return f"{self.hold_id}: {self.entry_id}"
