"""Moderation: reports of posts, the queue that they make, and the words that are watched for."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why a post should be looked at; a member chooses one."""

    SPAM = "spam", _("Advertising or spam")
    RUDE = "rude", _("Insulting or hurtful")
    WRONG_PLACE = "wrong_place", _("Off topic or in the wrong place")
    DANGEROUS = "dangerous", _("Dangerous advice")
    PRIVATE = "private", _("Personal data of somebody")
    ILLEGAL = "illegal", _("Against the law")
    OTHER = "other", _("Something else")


class Case(models.Model):
    """One post in the queue, and what was decided about it. A post has one open case at most.

    ``weight`` sums up the reports; it is moved by increments. Who claims a case has it until ``claimed_until``.
    ``rounds`` counts its decisions, of which each but the last was undone; ``was_hidden`` is what to go back to then.
    """

    class Source(models.TextChoices):
        FLAGS = "flags", _("Reported by members")
        WORDS = "words", _("Watched word")
        FIRST = "first", _("First post")
        NOTICE = "notice", _("Notice of illegal content")
        REVIEW = "review", _("Review that waits for a look")
        TEAM = "team", _("Seen by the team")

    class Outcome(models.TextChoices):
        OPEN = "", _("open")
        REMOVED = "removed", _("removed")
        KEPT = "kept", _("kept")

    kind = models.CharField(_("kind of post"), max_length=40)
    subject_id = models.BigIntegerField(_("post"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases", verbose_name=_("written by")
    )
    source = models.CharField(_("came in by"), max_length=8, choices=Source, default=Source.FLAGS)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, default=Reason.OTHER)
    weight = models.PositiveIntegerField(_("weight"), default=0)
    flag_count = models.PositiveIntegerField(_("reports"), default=0)
    opened_at = models.DateTimeField(_("opened"))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("claimed by")
    )
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.OPEN, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    was_hidden = models.BooleanField(default=False, editable=False)
    rounds = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("-weight", "id")
        verbose_name = _("case")
        verbose_name_plural = _("moderation queue")
        constraints = (
            models.UniqueConstraint(fields=("kind", "subject_id"), condition=Q(outcome=""), name="case_one_open"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")), name="case_not_ones_own"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="case_decided_by_somebody",
            ),
        )
        indexes = (
            models.Index(F("weight").desc(), "id", condition=Q(outcome=""), name="case_queue"),
            models.Index("kind", "subject_id", F("id").desc(), name="case_subject"),
            models.Index("author", F("id").desc(), name="case_author"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Flag(models.Model):
    """One member's report of one post, with the weight that the member's trust gave it."""

    NOTE_MAX = 500

    case = models.ForeignKey(Case, models.CASCADE, related_name="flags", verbose_name=_("case"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="flags", verbose_name=_("reported by")
    )
    kind = models.CharField(_("kind of post"), max_length=40)
    subject_id = models.BigIntegerField(_("post"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    note = models.CharField(_("note"), max_length=NOTE_MAX, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    at = models.DateTimeField(_("reported"))

    class Meta:
        ordering = ("id",)
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = (models.UniqueConstraint(fields=("member", "kind", "subject_id"), name="flag_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} → {self.kind} {self.subject_id}: {self.reason}"


class WatchedWord(models.Model):
    """A word or phrase that is looked for in what members write; a star stands for any letters."""

    class Effect(models.TextChoices):
        REFUSE = "refuse", _("Do not let it be posted")
        REVIEW = "review", _("Hide it until somebody has looked")
        FLAG = "flag", _("Show it, and put it into the queue")

    pattern = models.CharField(
        _("word or phrase"),
        max_length=80,
        unique=True,
        help_text=_("Whole words, whatever their case. A star stands for any letters: casino*."),
    )
    effect = models.CharField(_("effect"), max_length=8, choices=Effect, default=Effect.REVIEW)
    note = models.CharField(_("why it is watched"), max_length=200, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ("pattern",)
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")

    def __str__(self) -> str:
        return self.pattern
