"""Sanctions: what the brand's team decided against a post or its author, why, and the appeal against it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Sanction(models.Model):
    """One decision with its statement of reasons (Digital Services Act, article 17), kept as it was sent."""

    class Grade(models.TextChoices):
        REMOVAL = "removal", _("Post removed")
        NOTICE = "notice", _("Formal reminder")
        SILENCE = "silence", _("No posting for a time")
        SUSPENSION = "suspension", _("Account suspended for a time")

    class Ground(models.TextChoices):
        RULES = "rules", _("Our community rules")
        LAW = "law", _("The law")

    TEXT_MAX = 4000

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sanctions", verbose_name=_("member")
    )
    grade = models.CharField(_("decision"), max_length=12, choices=Grade)
    case = models.ForeignKey(
        "community.Case", models.SET_NULL, null=True, blank=True, related_name="sanctions", verbose_name=_("case")
    )
    facts = models.TextField(_("facts"), max_length=TEXT_MAX, help_text=_("What happened, where and when."))
    ground = models.CharField(_("ground"), max_length=8, choices=Ground, default=Ground.RULES)
    rule = models.CharField(
        _("rule"), max_length=400, help_text=_("The rule or the law that was broken, and why this breaks it.")
    )
    automated = models.BooleanField(
        _("found by a program"), default=False, help_text=_("A program found or hid it; a person decided.")
    )
    from_notice = models.BooleanField(_("after a notice from outside"), default=False)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sanctions_decided", verbose_name=_("decided by")
    )
    at = models.DateTimeField(_("decided"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        constraints = (
            models.CheckConstraint(condition=~Q(by=F("member")), name="sanction_not_ones_own"),
            models.CheckConstraint(
                condition=Q(grade__in=("removal", "notice"), until__isnull=True)
                | Q(grade__in=("silence", "suspension"), until__isnull=False),
                name="sanction_until",
            ),
        )
        indexes = (models.Index("member", F("at").desc(), F("id").desc(), name="sanction_member"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.grade}"

    def get_absolute_url(self) -> str:
        """Address of the statement of reasons, for the member it concerns."""
        return reverse("community:sanction", args=[self.pk])

    def in_force(self, at: datetime) -> bool:
        """Whether it restricts the member at that moment."""
        return self.lifted_at is None and self.until is not None and at < self.until


class Appeal(models.Model):
    """The member's objection to a sanction. ``first_by`` repeats who decided, because somebody else must decide now."""

    class Outcome(models.TextChoices):
        OPEN = "", _("open")
        STANDS = "stands", _("the decision stands")
        LIFTED = "lifted", _("the decision was lifted")

    TEXT_MAX = 4000

    sanction = models.OneToOneField(Sanction, models.PROTECT, related_name="appeal", verbose_name=_("sanction"))
    text = models.TextField(_("what the member says"), max_length=TEXT_MAX)
    at = models.DateTimeField(_("appealed"))
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided first by")
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.OPEN, blank=True)
    answer = models.TextField(_("answer to the member"), max_length=TEXT_MAX, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("first_by")), name="appeal_second_person"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True) | (~Q(outcome="") & Q(decided_by__isnull=False)),
                name="appeal_decided_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"#{self.pk}"
