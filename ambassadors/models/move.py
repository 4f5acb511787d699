"""What is kept of each move through the states, and of each look at data that few may see."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Move(models.Model):
    """Something went from one state to another; ``by`` is empty where the clock did it.

    Rows are never changed, and go with what they are about. (``kind``, ``subject_id``) names the thing, ``kind`` being
    the name of its machine and model. An undo is a move of its own that names what it takes back.
    """

    kind = models.CharField(_("kind"), max_length=20)
    subject_id = models.BigIntegerField(_("number"))
    before = models.CharField(_("from"), max_length=20)
    after = models.CharField(_("to"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), max_length=1_000, blank=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("takes back")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("-id",)
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        indexes = (models.Index("kind", "subject_id", models.F("id").desc(), name="move_latest"),)

    def __str__(self) -> str:
        return f"{self.pk}"


class Disclosed(models.Model):
    """Somebody looked at data of a member that few may see: an application, an address, a bank account.

    ``what`` names the kind of data, (``kind``, ``subject_id``) the thing it stood with.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="disclosures", verbose_name=_("member")
    )
    what = models.CharField(_("data"), max_length=20)
    kind = models.CharField(_("kind"), max_length=20)
    subject_id = models.BigIntegerField(_("number"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("shown to"))
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")
        indexes = (models.Index("member", models.F("at").desc(), name="disclosed_latest"),)

    def __str__(self) -> str:
        return str(self.member)
