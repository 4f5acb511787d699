"""Handles that members gave up: their mentions and links still lead to them."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class FormerHandle(models.Model):
    """A handle that a member had until ``given_up_at``: kept from others for a year, leading on until one takes it."""

    handle = models.CharField(_("handle"), max_length=30, unique=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="former_handles", verbose_name=_("member")
    )
    given_up_at = models.DateTimeField(_("given up"))

    class Meta:
        ordering = ("-given_up_at", "-id")
        verbose_name = _("former handle")
        verbose_name_plural = _("former handles")
        indexes = (models.Index("member", F("given_up_at").desc(), name="former_handle_member"),)

    def __str__(self) -> str:
        return self.handle
