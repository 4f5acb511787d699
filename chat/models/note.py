"""What a helper notes about somebody."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Note(models.Model):
    """What a helper wants to remember of somebody they help, for this talk and the next one with them.

    Read by the helper alone, and only while they help. It is about a person: that person's copy of their data holds
    it, and it goes with them, with the helper, or when it has become old.
    """

    MOST = 1_000

    responder = models.ForeignKey("chat.Responder", models.CASCADE, related_name="notes")
    visitor = models.ForeignKey("chat.Visitor", models.CASCADE, null=True, blank=True, related_name="notes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    text = models.TextField(_("note"), max_length=MOST)
    at = models.DateTimeField(_("written"))

    class Meta:
        ordering = ("id",)
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = (
            models.UniqueConstraint(
                fields=("responder", "visitor"), condition=Q(visitor__isnull=False), name="note_visitor_once"
            ),
            models.UniqueConstraint(
                fields=("responder", "member"), condition=Q(member__isnull=False), name="note_member_once"
            ),
            models.CheckConstraint(
                condition=Q(visitor__isnull=False, member=None) | Q(visitor=None, member__isnull=False),
                name="note_about_somebody",
            ),
        )
        indexes = (models.Index(fields=("at",), name="note_at"),)

    def __str__(self) -> str:
        return f"{self.responder_id} → {self.member_id or f'v{self.visitor_id}'}"
