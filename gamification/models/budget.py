"""Budgets in real money, and what draws on them."""

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gamification.money import MoneyField

ISO_4217 = RegexValidator(r"\A[A-Z]{3}\Z", _("Three capital letters, as in EUR."))


class Budget(models.Model):
    """So much real money for thanks. What is promised and what is spent never exceed ``cap`` together."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR", validators=[ISO_4217])
    cap = MoneyField(_("cap"), validators=[MinValueValidator(0)])
    reserved = MoneyField(_("promised"), default=0, editable=False)
    spent = MoneyField(_("spent"), default=0, editable=False)

    class Meta:
        ordering = ("name",)
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        constraints = (
            models.CheckConstraint(condition=Q(reserved__gte=0, spent__gte=0), name="budget_not_negative"),
            models.CheckConstraint(condition=Q(cap__gte=F("reserved") + F("spent")), name="budget_within_cap"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.currency})"


class BudgetUse(models.Model):
    """What one thing draws on a budget. (``kind``, ``subject_id``) is that thing, on this floor or above it."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="uses")
    kind = models.CharField(_("for"), max_length=30)
    subject_id = models.BigIntegerField(_("number"))
    reserved = MoneyField(_("promised"), default=0)
    spent = MoneyField(_("spent"), default=0)
    at = models.DateTimeField(_("last moved"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("use of a budget")
        verbose_name_plural = _("uses of budgets")
        constraints = (
            models.UniqueConstraint(fields=("budget", "kind", "subject_id"), name="budget_use_unique"),
            models.CheckConstraint(condition=Q(reserved__gte=0, spent__gte=0), name="budget_use_not_negative"),
        )
        indexes = (models.Index("budget", F("at").desc(), F("id").desc(), name="budget_use_latest"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
