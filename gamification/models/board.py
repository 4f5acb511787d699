"""Boards: reputation by period, of everything or of one topic; seasons, and who does not want to be seen there."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Score(models.Model):
    """Reputation that a member gained in one period; ``start`` is its first day in the site's time zone."""

    class Span(models.TextChoices):
        WEEK = "week", _("This week")
        MONTH = "month", _("This month")
        SEASON = "season", _("Season")
        ALL = "all", _("All time")

    span = models.CharField(_("period"), max_length=8, choices=Span)
    start = models.DateField(_("first day"))
    score = models.BigIntegerField(_("score"), default=0)

    class Meta:
        abstract = True


class BoardScore(Score):
    """What a member gained anywhere."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="board_scores")

    class Meta:
        ordering = ("span", "-start", "-score", "member_id")
        verbose_name = _("board score")
        verbose_name_plural = _("board scores")
        constraints = (models.UniqueConstraint(fields=("span", "start", "member"), name="board_score_unique"),)
        indexes = (models.Index("span", "start", F("score").desc(), "member", name="board_rank"),)

    def __str__(self) -> str:
        return f"{self.span} {self.start}: {self.member_id} {self.score}"


class TopicScore(Score):
    """What a member gained by deeds about one topic."""

    topic = models.ForeignKey("community.Topic", models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="topic_scores")

    class Meta:
        ordering = ("topic_id", "span", "-start", "-score", "member_id")
        verbose_name = _("topic score")
        verbose_name_plural = _("topic scores")
        constraints = (models.UniqueConstraint(fields=("topic", "span", "start", "member"), name="topic_score_unique"),)
        indexes = (models.Index("topic", "span", "start", F("score").desc(), "member", name="topic_rank"),)

    def __str__(self) -> str:
        return f"{self.topic_id} {self.span} {self.start}: {self.member_id} {self.score}"


class BoardMark(models.Model):
    """Who stands in every 500th place of a long board, written down every few minutes.

    A place far down is found from the nearest mark, not counted from the top.
    """

    span = models.CharField(max_length=8, choices=Score.Span)
    start = models.DateField()
    topic = models.ForeignKey("community.Topic", models.CASCADE, null=True, blank=True, related_name="+")
    place = models.PositiveIntegerField()
    score = models.BigIntegerField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        ordering = ("span", "start", "topic_id", "place")
        indexes = (models.Index("span", "start", "topic", F("score").desc(), "member", name="board_mark"),)

    def __str__(self) -> str:
        return f"{self.span} {self.start}: {self.place}"


class Season(models.Model):
    """A stretch of days with a board of its own. ``warned_at``: when its leaders were told that it ends."""

    LONGEST = 366

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    first_day = models.DateField(_("first day"), unique=True)
    last_day = models.DateField(_("last day"))
    warned_at = models.DateTimeField(_("its end was told"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-first_day",)
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        constraints = (
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="season_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return self.name


class SeasonDay(models.Model):
    """One day of a season. A day belongs to one season at most, and both databases see to it."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="days")
    day = models.DateField(unique=True)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return str(self.day)


class Quiet(models.Model):
    """A member who is not shown on boards. It costs nothing else."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="quiet")
    since = models.DateTimeField(_("since"))

    class Meta:
        ordering = ("member_id",)
        verbose_name = _("hidden from boards")
        verbose_name_plural = _("hidden from boards")

    def __str__(self) -> str:
        return str(self.member_id)
