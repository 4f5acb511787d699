"""Lots: which credits are left of which grant, and until when."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CreditTerms(models.Model):
    """The one row that says how long credits last. A change concerns what is granted from then on."""

    MONTHS = 24

    months = models.PositiveSmallIntegerField(
        _("months until credits expire"),
        default=MONTHS,
        validators=[MinValueValidator(12), MaxValueValidator(120)],
        help_text=_("Credits that were granted before keep their day."),
    )

    class Meta:
        verbose_name = _("terms of credits")
        verbose_name_plural = _("terms of credits")
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="credit_terms_single"),)

    def __str__(self) -> str:
        return str(_("terms of credits"))


class Lot(models.Model):
    """Credits that came in with one entry; ``expires_on`` is the last day on which they can be spent.

    ``remaining`` is ``amount`` less the uses; a member's lots sum up to the balance, or to zero where it is a debt.
    Nothing expires that was not told of: ``warned_at`` is when the first notice was written, ``reminded_at`` the last.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lots")
    entry = models.OneToOneField("gamification.Entry", models.PROTECT, related_name="lot")
    amount = models.PositiveIntegerField(_("amount"))
    remaining = models.PositiveIntegerField(_("left"))
    expires_on = models.DateField(_("can be spent until"))
    warned_at = models.DateTimeField(_("first notice"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("last notice"), null=True, blank=True)

    class Meta:
        ordering = ("expires_on", "id")
        verbose_name = _("lot of credits")
        verbose_name_plural = _("lots of credits")
        constraints = (models.CheckConstraint(condition=Q(remaining__lte=F("amount")), name="lot_not_overfull"),)
        indexes = (
            models.Index(fields=("member", "expires_on", "id"), condition=Q(remaining__gt=0), name="lot_to_spend"),
            models.Index(fields=("expires_on", "id"), condition=Q(remaining__gt=0), name="lot_to_expire"),
        )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.remaining}/{self.amount} → {self.expires_on}"


class LotUse(models.Model):
    """How much of a lot one entry took, or gave back where the amount is negative.

    A lot's own entry uses as much of it as went into a debt.
    """

    lot = models.ForeignKey(Lot, models.PROTECT, related_name="uses")
    entry = models.ForeignKey("gamification.Entry", models.PROTECT, related_name="lot_uses")
    amount = models.IntegerField(_("amount"))

    class Meta:
        ordering = ("id",)
        verbose_name = _("use of a lot")
        verbose_name_plural = _("uses of lots")
        constraints = (
            models.UniqueConstraint(fields=("lot", "entry"), name="lot_use_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="lot_use_not_zero"),
        )

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.amount:+d}"
