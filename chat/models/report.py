"""Messages that somebody who reads them finds wrong."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.models import Reason


class MessageReport(models.Model):
    """A message that a participant shows to the team, and what became of it.

    It is the only way in which anybody outside a conversation gets to see what is said there.
    """

    NOTE_MAX = 500

    class Outcome(models.TextChoices):
        OPEN = "", _("open")
        REMOVED = "removed", _("removed")
        KEPT = "kept", _("kept")

    message = models.ForeignKey("chat.Message", models.CASCADE, related_name="reports", verbose_name=_("message"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="message_reports", verbose_name=_("reported by")
    )
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    note = models.CharField(_("note"), max_length=NOTE_MAX, blank=True)
    at = models.DateTimeField(_("reported"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.OPEN, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("reported message")
        verbose_name_plural = _("reported messages")
        constraints = (
            models.UniqueConstraint(fields=("message", "member"), name="message_report_once"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by=None, decided_at=None)
                | (~Q(outcome="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="message_report_decided_by_somebody",
            ),
        )
        indexes = (models.Index(F("at").desc(), F("id").desc(), condition=Q(outcome=""), name="message_report_open"),)

    def __str__(self) -> str:
        return f"{self.message_id}: {self.reason}"
