"""Ambassadors: members who help others in the brand's name, from their first day to their last."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Ambassador(models.Model):
    """A member in the programme; whoever comes back goes on with the same row.

    ``since`` is the first day as an active ambassador. The tier is theirs until ``tier_until``; ``grace_until`` is set
    while a missed renewal can still be made good. A paused one does not lose a tier.
    """

    class State(models.TextChoices):
        ONBOARDING = "onboarding", _("Onboarding")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        LEAVING = "leaving", _("Leaving")
        ALUMNI = "alumni", _("Alumni")

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ambassador", verbose_name=_("member")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.ONBOARDING)
    tier = models.ForeignKey(
        "ambassadors.Tier", models.PROTECT, null=True, blank=True, related_name="ambassadors", verbose_name=_("tier")
    )
    tier_until = models.DateTimeField(_("tier valid until"), null=True, blank=True)
    grace_until = models.DateTimeField(_("grace until"), null=True, blank=True)
    begun_at = models.DateTimeField(_("onboarding since"))
    since = models.DateTimeField(_("active since"), null=True, blank=True)
    left_at = models.DateTimeField(pgettext_lazy("person", "left"), null=True, blank=True)

    class Meta:
        ordering = ("-begun_at", "-id")
        verbose_name = _("ambassador")
        verbose_name_plural = _("ambassadors")
        indexes = (models.Index(fields=("state", "tier"), name="ambassador_state"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("onboarding", "alumni")) | Q(since__isnull=False, tier__isnull=False),
                name="ambassador_active_has_tier",
            ),
        )

    def __str__(self) -> str:
        return str(self.member)
