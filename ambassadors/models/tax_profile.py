"""Tax profiles: what is needed to pay somebody, sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TaxProfile(models.Model):
    """Name, address, tax number and bank account of an ambassador, as one sealed text.

    ``services/tax_profiles`` opens it, for its owner and for whoever pays, and keeps who looked.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tax_profile", verbose_name=_("ambassador")
    )
    sealed = models.TextField(editable=False)
    updated_at = models.DateTimeField(_("last changed"))

    class Meta:
        ordering = ("member_id",)
        verbose_name = _("tax profile")
        verbose_name_plural = _("tax profiles")

    def __str__(self) -> str:
        return str(self.member_id)
