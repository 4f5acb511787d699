"""Letters: e-mails that the law wants sent and kept as they were: receipts, statements of reasons, decisions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Letter(models.Model):
    """One letter to one address, worded when the deed was done; no setting of a member keeps it back.

    ``key`` says what it is for, as in ``sanction:7``, and makes a second one impossible. ``leased_until`` hides it
    from other workers; ``attempts`` is counted before sending. It ends with ``sent_at`` or waits ``parked_at``.
    """

    key = models.CharField(_("key"), max_length=80, unique=True)
    to = models.EmailField(_("to"), max_length=254)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="letters",
        verbose_name=_("member"),
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=2, default="de")
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    at = models.DateTimeField(_("written"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(_("leased until"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    parked_at = models.DateTimeField(_("parked"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = (
            models.Index(
                fields=("leased_until", "id"),
                condition=Q(sent_at__isnull=True, parked_at__isnull=True),
                name="letter_due",
            ),
        )

    def __str__(self) -> str:
        return self.subject
