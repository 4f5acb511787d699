"""Training: lessons with a test at their end, and every attempt at one."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class TrainingModule(models.Model):
    """A lesson for ambassadors, for the team, or for both. Who has to pass it does not chat before that.

    Where it has a validity, it is passed again after that; ``grace_days`` later a proof that was not renewed is void.
    """

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=10)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("in one sentence"), max_length=200, blank=True)
    body = models.TextField(_("lesson"), max_length=40_000, help_text=_("Markdown, as in answers."))
    html = models.TextField(editable=False, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15, validators=(MinValueValidator(1),))
    for_ambassadors = models.BooleanField(_("for ambassadors"), default=True)
    for_team = models.BooleanField(_("for the team"), default=False)
    is_required = models.BooleanField(_("required"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark in %"), default=80, validators=(MinValueValidator(1), MaxValueValidator(100))
    )
    cooldown_hours = models.PositiveSmallIntegerField(_("hours until the next attempt"), default=24)
    validity_months = models.PositiveSmallIntegerField(
        _("valid for months"),
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(120)),
        help_text=_(
            "Empty: without an end. Otherwise it is passed again, with a reminder a month before. What is valid for "
            "one month is reminded of in its middle."
        ),
    )
    grace_days = models.PositiveSmallIntegerField(
        _("days of grace"),
        default=30,
        help_text=_("So long after its end a proof still counts. Then ambassadors who need it are paused."),
    )

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("training module")
        verbose_name_plural = _("training modules")
        constraints = (models.CheckConstraint(condition=Q(pass_mark__range=(1, 100)), name="training_pass_mark"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where the lesson is read."""
        return reverse("ambassadors:training_module", args=[self.slug])


class TrainingQuestion(models.Model):
    """A question of the test; it is right when exactly its right choices are chosen."""

    module = models.ForeignKey(TrainingModule, models.CASCADE, related_name="questions", verbose_name=_("module"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("question"), max_length=300)
    explanation = models.CharField(
        _("explanation"), max_length=400, blank=True, help_text=_("Shown with the result to whoever has passed.")
    )

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("question of a test")
        verbose_name_plural = _("questions of tests")

    def __str__(self) -> str:
        return self.text


class TrainingChoice(models.Model):
    """A possible answer."""

    question = models.ForeignKey(TrainingQuestion, models.CASCADE, related_name="choices", verbose_name=_("question"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("answer"), max_length=200)
    is_right = models.BooleanField(_("right"), default=False)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("possible answer")
        verbose_name_plural = _("possible answers")

    def __str__(self) -> str:
        return self.text


class TrainingAttempt(models.Model):
    """One attempt at a test, with the pass mark of its day. Rows are never changed.

    ``answers`` has {"question", "chosen", "right"} for each question that was asked; ``number`` counts a member's
    attempts, and being unique lets one of two that are sent at once.
    """

    module = models.ForeignKey(TrainingModule, models.PROTECT, related_name="attempts", verbose_name=_("module"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="training_attempts", verbose_name=_("member")
    )
    number = models.PositiveSmallIntegerField(_("attempt"))
    answers = models.JSONField(_("answers"), default=list)
    score = models.PositiveSmallIntegerField(_("right in %"))
    pass_mark = models.PositiveSmallIntegerField(_("pass mark in %"))
    passed = models.BooleanField(_("passed"))
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("attempt at a test")
        verbose_name_plural = _("attempts at tests")
        indexes = (
            models.Index(F("at").desc(), F("id").desc(), name="training_attempt_latest"),
            models.Index("member", "passed", name="training_attempt_passed"),
        )
        constraints = (
            models.UniqueConstraint(fields=("module", "member", "number"), name="training_attempt_once"),
            models.CheckConstraint(
                condition=Q(passed=True, score__gte=F("pass_mark")) | Q(passed=False, score__lt=F("pass_mark")),
                name="training_attempt_passed_by_score",
            ),
        )

    def __str__(self) -> str:
        return f"{self.member}: {self.module} ({self.number})"


class TrainingRenewal(models.Model):
    """A passed attempt whose validity ends: its member was reminded, and may attempt the test again from then on.

    The dates are those of the reminder, whatever becomes of the module's terms. ``lapsed_at`` is when the grace was
    over without a newer pass; from then on the attempt proves nothing any more.
    """

    attempt = models.OneToOneField(
        TrainingAttempt, models.PROTECT, related_name="renewal", verbose_name=_("attempt at a test")
    )
    reminded_at = models.DateTimeField(_("reminded"))
    valid_until = models.DateTimeField(_("valid until"))
    grace_until = models.DateTimeField(_("grace until"))
    lapsed_at = models.DateTimeField(_("void since"), null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("training to renew")
        verbose_name_plural = _("trainings to renew")
        indexes = (
            models.Index(fields=("grace_until",), condition=Q(lapsed_at__isnull=True), name="training_renewal_open"),
        )

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.valid_until:%Y-%m-%d}"
