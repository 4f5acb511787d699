"""Rules: which deed earns what, as data that managers edit."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Rule(models.Model):
    """A rule under its lasting name; what it grants is said by its versions."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    reason = models.CharField(
        _("reason"), max_length=200, help_text=_("Told to the member, as in: Your answer was accepted.")
    )

    class Meta:
        ordering = ("slug",)
        verbose_name = _("rule")
        verbose_name_plural = _("rules")

    def __str__(self) -> str:
        return self.name


class RuleVersion(models.Model):
    """What a rule grants for the deeds done from ``active_from`` until ``retired_at`` (exclusive).

    A version that was active once never changes; editing a rule retires it and opens the next one.
    """

    class Recipient(models.TextChoices):
        ACTOR = "actor", _("who did it")
        BENEFICIARY = "beneficiary", _("whom it honours")

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    verb = models.CharField(_("on"), max_length=60)
    recipient = models.CharField(_("for"), max_length=12, choices=Recipient, default=Recipient.BENEFICIARY)
    reputation = models.PositiveIntegerField(_("reputation"), default=0)
    credits = models.PositiveIntegerField(_("credits"), default=0)
    active_from = models.DateTimeField(_("active from"))
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        ordering = ("rule_id", "-number")
        verbose_name = _("rule version")
        verbose_name_plural = _("rule versions")
        constraints = (
            models.UniqueConstraint(fields=("rule", "number"), name="rule_version_number"),
            models.UniqueConstraint(
                fields=("rule",), condition=Q(retired_at__isnull=True), name="rule_version_one_active"
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("active_from")), name="rule_version_window"
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule_id} v{self.number}"
