"""Statements: what an ambassador is paid for, month by month. Rows are never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gamification.money import MoneyField


class Statement(models.Model):
    """What one ambassador earned in one month, or a correction of such a statement (``corrects``).

    ``number`` counts all statements without a gap. ``hash`` is the SHA-256 of the statement's canonical JSON, in which
    ``previous_hash`` stands: nobody can change, add or leave out one without breaking all that follow.
    ``vat_rate`` is the tax in per cent that the amounts include, none for a small business.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="statements", verbose_name=_("ambassador")
    )
    period = models.DateField(_("month"))
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    total = MoneyField(_("total"))
    currency = models.CharField(_("currency"), max_length=3)
    vat_rate = models.PositiveSmallIntegerField(_("VAT included, per cent"), default=0)
    reason = models.TextField(_("reason"), max_length=1_000, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issued by")
    )
    issued_at = models.DateTimeField(_("issued"))
    previous_hash = models.CharField(_("hash of the statement before"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        ordering = ("-number",)
        verbose_name = pgettext_lazy("pay", "statement")
        verbose_name_plural = _("statements")
        indexes = (models.Index("member", F("number").desc(), name="statement_latest"),)
        constraints = (
            models.UniqueConstraint(
                fields=("member", "period", "currency"), condition=Q(corrects=None), name="statement_once_a_month"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, issued_by=None)
                | (Q(corrects__isnull=False, issued_by__isnull=False) & ~Q(reason="")),
                name="statement_correction_explained",
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


class StatementLine(models.Model):
    """One consultation on the statement that pays for it, or what a correction adds to or takes from such a line."""

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="lines", verbose_name=pgettext_lazy("pay", "statement")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    consultation = models.ForeignKey(
        "ambassadors.Consultation", models.PROTECT, related_name="lines", verbose_name=_("consultation")
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    tier = models.JSONField(_("tier"), default=dict)
    stars = models.PositiveSmallIntegerField(_("stars"), null=True, blank=True)
    amount = MoneyField(_("amount"))

    class Meta:
        ordering = ("statement_id", "position")
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of statements")
        constraints = (
            models.UniqueConstraint(fields=("statement", "position"), name="statement_line_position"),
            models.UniqueConstraint(
                fields=("consultation",), condition=Q(corrects=None), name="statement_line_consultation_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.position}"
