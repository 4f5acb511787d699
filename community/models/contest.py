"""Contests: a question to the members, open for a time, decided by votes and a jury."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.stages import Stage, Timetable


class Contest(models.Model):
    """Stages are decided by the clock alone. Times are moments; managers enter them in the contest's ``time_zone``.

    ``closed_at`` is when the result was worked out and published, once. ``host`` answers for it in the journal.
    """

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    prize = models.CharField(_("what the winners get"), max_length=300, blank=True)
    picture = models.CharField(
        _("picture"), max_length=300, blank=True, help_text=_("A path under the static files, or an address.")
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="hosted_contests", verbose_name=_("host")
    )
    is_public = models.BooleanField(_("public"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Berlin")
    submit_from = models.DateTimeField(_("ideas from"))
    vote_from = models.DateTimeField(_("votes from"))
    jury_from = models.DateTimeField(_("jury from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"))
    late_ideas = models.BooleanField(
        _("ideas while voting"), default=False, help_text=_("Ideas may still be added until voting ends.")
    )
    vote_budget = models.PositiveSmallIntegerField(
        _("votes for each member"), default=5, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    blind_votes = models.BooleanField(
        _("blind votes"), default=False, help_text=_("Nobody sees how many votes an idea has before the end.")
    )
    jury = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="jury_of", verbose_name=_("members of the jury")
    )
    jury_weight = models.PositiveSmallIntegerField(
        _("weight of the jury in percent"), default=50, validators=[MaxValueValidator(100)]
    )
    winner_count = models.PositiveSmallIntegerField(
        _("winners"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    closed_at = models.DateTimeField(_("result published"), null=True, blank=True, editable=False)
    idea_count = models.PositiveIntegerField(_("ideas"), default=0, editable=False)

    class Meta:
        ordering = ("-ends_at", "-id")
        verbose_name = _("contest")
        verbose_name_plural = _("contests")
        indexes = (
            models.Index(F("ends_at").desc(), F("id").desc(), name="contest_new"),
            models.Index(fields=("ends_at",), condition=Q(closed_at__isnull=True), name="contest_to_close"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(submit_from__lt=F("vote_from"), vote_from__lt=F("ends_at"))
                & (Q(jury_from__isnull=True) | Q(jury_from__gt=F("vote_from"), jury_from__lt=F("ends_at"))),
                name="contest_in_order",
            ),
            models.CheckConstraint(condition=Q(jury_weight__lte=100), name="contest_jury_weight"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of the contest's page."""
        return reverse("community:contest", args=[self.slug])

    @property
    def timetable(self) -> Timetable:
        """When its stages begin."""
        return Timetable(self.submit_from, self.vote_from, self.jury_from, self.ends_at)

    def stage(self, at: datetime) -> Stage:
        """Where it stands."""
        return self.timetable.stage(at)

    def takes_ideas(self, at: datetime) -> bool:
        """Whether ideas may be added and changed."""
        stage = self.stage(at)
        return stage == Stage.SUBMIT or (self.late_ideas and stage == Stage.VOTE)

    def takes_votes(self, at: datetime) -> bool:
        """Whether votes may be given, moved and taken back."""
        return self.stage(at) == Stage.VOTE

    @property
    def hides_votes(self) -> bool:
        """Whether the number of votes is nobody's to see yet."""
        return self.blind_votes and self.closed_at is None


class Ballot(models.Model):
    """How many of their votes in a contest one member has given away. It never exceeds the contest's budget."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="ballots")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ballots")
    spent = models.PositiveSmallIntegerField(_("votes given"), default=0)

    class Meta:
        ordering = ("contest_id", "member_id")
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = (models.UniqueConstraint(fields=("contest", "member"), name="ballot_unique"),)

    def __str__(self) -> str:
        return f"{self.member_id} in {self.contest_id}: {self.spent}"


class JuryScore(models.Model):
    """What one member of the jury gives one idea, 0 to 10."""

    MOST = 10

    idea = models.ForeignKey("community.Idea", models.CASCADE, related_name="jury_scores")
    juror = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="jury_scores")
    points = models.PositiveSmallIntegerField(_("points"))
    at = models.DateTimeField(_("given"))

    class Meta:
        ordering = ("idea_id", "juror_id")
        verbose_name = _("score of the jury")
        verbose_name_plural = _("scores of the jury")
        constraints = (
            models.UniqueConstraint(fields=("idea", "juror"), name="jury_score_unique"),
            models.CheckConstraint(condition=Q(points__lte=10), name="jury_score_range"),
        )

    def __str__(self) -> str:
        return f"{self.juror_id} → {self.idea_id}: {self.points}"


class Placing(models.Model):
    """The published result of one idea in its contest, as it was worked out at the end."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="placings")
    idea = models.OneToOneField("community.Idea", models.CASCADE, related_name="placing")
    place = models.PositiveIntegerField(_("place"))
    votes = models.PositiveIntegerField(_("votes"))
    jury_points = models.DecimalField(_("points of the jury"), max_digits=4, decimal_places=2, null=True, blank=True)
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=3)
    is_winner = models.BooleanField(_("winner"), default=False)

    class Meta:
        ordering = ("contest_id", "place")
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = (models.UniqueConstraint(fields=("contest", "place"), name="placing_place_unique"),)

    def __str__(self) -> str:
        return f"{self.contest_id}: {self.place}. {self.idea_id}"
