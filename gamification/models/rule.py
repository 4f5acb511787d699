"""Rules: which deed earns what, as data that managers edit."""

from django.conf import settings
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

    ``condition`` is the checked tree that must hold (empty: always), ``limits`` the list of caps; ``trees`` knows both.
    A version that was active once never changes; editing a rule writes a draft of the next one.
    """

    class Recipient(models.TextChoices):
        ACTOR = "actor", _("who did it")
        BENEFICIARY = "beneficiary", _("whom it honours")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SIMULATED = "simulated", _("simulated")
        ACTIVE = "active", _("active")
        RETIRED = "retired", _("retired")

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1, editable=False)
    verb = models.CharField(_("on"), max_length=60)
    recipient = models.CharField(_("for"), max_length=12, choices=Recipient, default=Recipient.BENEFICIARY)
    condition = models.JSONField(_("when"), default=dict, blank=True)
    limits = models.JSONField(_("caps"), default=list, blank=True)
    delay_days = models.PositiveSmallIntegerField(
        _("days to wait"), default=0, help_text=_("Decided so many days after the deed, if it still stands.")
    )
    reputation = models.PositiveIntegerField(_("reputation"), default=0)
    credits = models.PositiveIntegerField(_("credits"), default=0)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    active_from = models.DateTimeField(_("active from"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        ordering = ("rule_id", "-number")
        verbose_name = _("rule version")
        verbose_name_plural = _("rule versions")
        permissions = (("approve_ruleversion", "Can approve rule versions"),)
        constraints = (
            models.UniqueConstraint(fields=("rule", "number"), name="rule_version_number"),
            models.UniqueConstraint(fields=("rule",), condition=Q(state="active"), name="rule_version_one_active"),
            models.UniqueConstraint(
                fields=("rule",), condition=Q(state__in=("draft", "simulated")), name="rule_version_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "simulated"), active_from=None, retired_at=None)
                | Q(state="active", active_from__isnull=False, retired_at=None)
                | Q(state="retired", retired_at__gte=F("active_from")),
                name="rule_version_window",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule_id} v{self.number}"
