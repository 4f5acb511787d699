"""Adjustments: what a worker has before it after a manager moved a threshold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gamification.models.time_machine import Run


class Adjustment(Run):
    """Everybody's levels, or awards of ``badge``, brought in line with thresholds, some members at a time.

    The members up to ``cursor`` have been.
    """

    badge = models.ForeignKey(
        "gamification.Badge",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="adjustments",
        verbose_name=_("badge"),
        help_text=_("None: the levels."),
    )
    cursor = models.BigIntegerField(_("done up to member"), default=0)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")
        indexes = (models.Index("badge", condition=models.Q(state__in=("waiting", "running")), name="adjustment_open"),)

    def __str__(self) -> str:
        return f"{self.badge_id or 'levels'}: {self.state}"
