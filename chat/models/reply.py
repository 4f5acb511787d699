"""Canned replies: what helpers say often, worded once by the managers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.models.help import Responder
from community.models import Phase


class CannedReply(models.Model):
    """A reply to start from, in German and English; the helper gets it in the language of who asks.

    ``group`` and ``phase`` narrow where it is offered; empty means everywhere.
    """

    title = models.CharField(_("title"), max_length=60)
    body = models.TextField(_("text"), max_length=1_000)
    group = models.CharField(_("for"), max_length=12, choices=Responder.Group, blank=True)
    phase = models.CharField(_("phase"), max_length=8, choices=Phase, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")

    def __str__(self) -> str:
        return self.title
