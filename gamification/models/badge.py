"""Badges: enamel pins in grades, earned when a counter reaches a threshold."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Metric(models.TextChoices):
    """What is counted for each member; ``gamification.rules`` says which verbs move it."""

    ACCEPTED_ANSWERS = "accepted_answers", _("accepted answers")
    HELPFUL_VOTES = "helpful_votes", _("helpful votes received")
    HELPFUL_REVIEWS = "helpful_reviews", _("votes for reviews")
    GOOD_IDEAS = "good_ideas", _("votes for ideas")
    SAME_QUESTIONS = "same_questions", _("others with the same question")


class Badge(models.Model):
    """A family of pins with one drawing; its grades differ in threshold and rim."""

    class Shape(models.TextChoices):
        SCALLOP = "scallop", _("scallop (helping)")
        HEX = "hex", _("hexagon (knowledge)")
        SHIELD = "shield", _("shield (trust)")
        BLOOM = "bloom", _("bloom (community)")
        ROUND = "round", _("round (first steps)")

    class Tone(models.TextChoices):
        FJORD = "fjord", _("fjord")
        CREMA = "crema", _("crema")
        SPRUCE = "spruce", _("spruce")
        CHERRY = "cherry", _("cherry")
        HEATHER = "heather", _("heather")
        NIGHT = "night", _("night")

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("description"), max_length=200)
    metric = models.CharField(_("counts"), max_length=40, choices=Metric)
    shape = models.CharField(_("shape"), max_length=10, choices=Shape, default=Shape.SCALLOP)
    tone = models.CharField(_("enamel"), max_length=10, choices=Tone, default=Tone.SPRUCE)
    glyph = models.SlugField(_("glyph"), max_length=40, default="star", help_text=_("Name of an icon."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("badge")
        verbose_name_plural = _("badges")

    def __str__(self) -> str:
        return self.name


class Grade(models.Model):
    """One grade of a badge: how much of its metric earns which rim."""

    class Tier(models.TextChoices):
        BRONZE = "bronze", _("bronze")
        SILVER = "silver", _("silver")
        GOLD = "gold", _("gold")

    badge = models.ForeignKey(Badge, models.CASCADE, related_name="grades")
    tier = models.CharField(_("rim"), max_length=8, choices=Tier, default=Tier.BRONZE)
    threshold = models.PositiveIntegerField(_("from"))

    class Meta:
        ordering = ("badge_id", "threshold")
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        constraints = (
            models.UniqueConstraint(fields=("badge", "tier"), name="grade_tier_unique"),
            models.UniqueConstraint(fields=("badge", "threshold"), name="grade_threshold_unique"),
            models.CheckConstraint(condition=Q(threshold__gt=0), name="grade_threshold_positive"),
        )

    def __str__(self) -> str:
        return f"{self.badge_id} {self.tier}"


class Award(models.Model):
    """A grade that a member holds. It goes when the deeds that earned it are taken back.

    ``kept_until`` is the last day of one that a decision of the team has taken and no deed has reached again.
    """

    grade = models.ForeignKey(Grade, models.PROTECT, related_name="awards")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="awards")
    activity = models.ForeignKey(
        "community.Activity", models.PROTECT, related_name="+", verbose_name=_("deed that reached it")
    )
    at = models.DateTimeField(_("earned"))
    kept_until = models.DateField(pgettext_lazy("badge", "kept until"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        constraints = (models.UniqueConstraint(fields=("grade", "member"), name="award_unique"),)
        indexes = (
            models.Index("member", F("at").desc(), F("id").desc(), name="award_member"),
            models.Index("kept_until", condition=Q(kept_until__isnull=False), name="award_kept"),
        )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.grade_id}"


class Rarity(models.Model):
    """How many hold a grade: ``holders`` kept with every award, ``active`` of them counted once a day."""

    grade = models.OneToOneField(Grade, models.CASCADE, primary_key=True, related_name="rarity")
    holders = models.BigIntegerField(_("holders"), default=0, db_default=0)
    active = models.PositiveIntegerField(_("active holders"), default=0, db_default=0)

    class Meta:
        ordering = ("grade_id",)
        verbose_name = _("rarity")
        verbose_name_plural = _("rarities")

    def __str__(self) -> str:
        return f"{self.grade_id}: {self.holders}"


class Census(models.Model):
    """How many members were active on a day and in the three months before: what rarity is a share of."""

    day = models.DateField(_("day"), unique=True)
    active = models.PositiveIntegerField(_("active members"))

    class Meta:
        ordering = ("-day",)
        verbose_name = _("census")
        verbose_name_plural = _("censuses")

    def __str__(self) -> str:
        return f"{self.day}: {self.active}"


class Revocation(models.Model):
    """A manager took a grade back, with the reason that the member reads.

    While it stands, the grade does not come back, whatever the member does; ``lifted_at`` ends it.
    """

    REASON_MAX = 500

    grade = models.ForeignKey(Grade, models.PROTECT, related_name="revocations", verbose_name=_("grade"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="revocations", verbose_name=_("member")
    )
    reason = models.TextField(_("reason"), max_length=REASON_MAX)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken back by"))
    at = models.DateTimeField(_("taken back"))
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("revocation")
        verbose_name_plural = _("revocations")
        constraints = (
            models.UniqueConstraint(
                fields=("grade", "member"), condition=Q(lifted_at=None), name="revocation_standing_once"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="revocation_lifted_by_somebody",
            ),
        )
        indexes = (models.Index("member", F("at").desc(), F("id").desc(), name="revocation_member"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.grade_id}"
