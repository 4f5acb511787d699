"""Payouts: what is owed, proposed by one person and approved by another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gamification.money import MoneyField


class Payout(models.Model):
    """A batch of transfers. ``proposed_by`` and ``approved_by`` are two people: the database insists on it.

    It may draw on a ``budget``, which then holds the money from the proposal on.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        EXPORTED = "exported", _("Given to the bank")
        PAID = "paid", pgettext_lazy("payout", "Paid")
        FAILED = "failed", _("Refused by the bank")
        CANCELLED = "cancelled", _("Cancelled")

    state = models.CharField(_("state"), max_length=20, choices=State, default=State.PROPOSED)
    total = MoneyField(_("total"))
    currency = models.CharField(_("currency"), max_length=3)
    budget = models.ForeignKey(
        "gamification.Budget", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("budget")
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    class Meta:
        ordering = ("-proposed_at", "-id")
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        permissions = (("approve_payout", "Can approve a payout that somebody else proposed"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="payout_two_people"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="payout_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("proposed", "cancelled")) | Q(approved_by__isnull=False),
                name="payout_approved_before_it_goes",
            ),
            models.CheckConstraint(condition=Q(total__gt=0), name="payout_of_something"),
        )

    def __str__(self) -> str:
        return f"{self.pk}: {self.total} {self.currency}"


class PayoutItem(models.Model):
    """One transfer of a payout: everything that its member is owed at that time."""

    payout = models.ForeignKey(Payout, models.PROTECT, related_name="items", verbose_name=_("payout"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="payout_items", verbose_name=_("ambassador")
    )
    amount = MoneyField(_("amount"))

    class Meta:
        ordering = ("payout_id", "id")
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = (
            models.UniqueConstraint(fields=("payout", "member"), name="payout_item_member_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_item_of_something"),
        )

    def __str__(self) -> str:
        return f"{self.payout_id}: {self.amount}"


class PayoutShare(models.Model):
    """A statement within a transfer. While ``is_live`` it is in no other; a cancelled payout lets go of it."""

    item = models.ForeignKey(PayoutItem, models.PROTECT, related_name="shares", verbose_name=_("transfer"))
    statement = models.ForeignKey(
        "ambassadors.Statement", models.PROTECT, related_name="shares", verbose_name=pgettext_lazy("pay", "statement")
    )
    is_live = models.BooleanField(pgettext_lazy("pay", "in force"), default=True)

    class Meta:
        ordering = ("item_id", "id")
        verbose_name = _("statement in a transfer")
        verbose_name_plural = _("statements in transfers")
        constraints = (
            models.UniqueConstraint(fields=("statement",), condition=Q(is_live=True), name="payout_share_once"),
        )

    def __str__(self) -> str:
        return f"{self.item_id}: {self.statement_id}"
