"""The queue of e-mails: one row for each mail, sent once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.models.notification import Channel


class Mailing(models.Model):
    """One mail to one member, composed when it is sent from the notifications that it carries.

    ``key`` says what it is for, as in ``daily:7:2027-03-01``, and makes a second one impossible. ``leased_until``
    hides it from other workers; ``attempts`` is counted before sending. It ends with ``sent_at``, or with
    ``dropped_at`` where by then nothing was left to say, or waits ``parked_at`` for the manager.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mailings", verbose_name=_("member")
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    key = models.CharField(_("key"), max_length=120, unique=True)
    group = models.CharField(max_length=200, blank=True, default="")
    due_at = models.DateTimeField(_("due"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    parked_at = models.DateTimeField(_("parked"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        ordering = ("-due_at", "-id")
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        indexes = (
            models.Index(
                fields=("due_at", "id"),
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True, parked_at__isnull=True),
                name="mailing_due",
            ),
            models.Index(fields=("member", "channel", "-due_at"), name="mailing_member"),
        )

    def __str__(self) -> str:
        return self.key
