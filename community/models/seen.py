"""Seen: how far a member has read a thread."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Seen(models.Model):
    """``position`` is the id of the newest answer that was there when the member last read; it only grows."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seen")
    thread = models.ForeignKey("community.Thread", models.CASCADE, related_name="seen")
    position = models.BigIntegerField(_("position"), default=0)
    at = models.DateTimeField(_("read"))

    class Meta:
        ordering = ("member_id", "thread_id")
        verbose_name = _("seen")
        verbose_name_plural = _("seen")
        constraints = (models.UniqueConstraint(fields=("member", "thread"), name="seen_once"),)

    def __str__(self) -> str:
        return f"{self.member_id}, {self.thread_id}: {self.position}"
