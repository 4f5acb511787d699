"""Blocks: a member who does not want to hear from another one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Block(models.Model):
    """``member`` does not see what ``blocked`` writes unless they unfold it, and is told nothing of it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocked_by")
    at = models.DateTimeField(_("since"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = (
            models.UniqueConstraint(fields=("member", "blocked"), name="block_once"),
            models.CheckConstraint(condition=~Q(member=F("blocked")), name="block_not_oneself"),
        )

    def __str__(self) -> str:
        return f"{self.member_id} → {self.blocked_id}"
