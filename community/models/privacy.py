"""What the law on personal data asks to keep: exports on their way, consents given, and how long things stay."""

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def private() -> Storage:
    """Where files lie that no address leads to."""
    return storages["private"]


class DataExport(models.Model):
    """A member's copy of everything that is kept about them, as a file that is fetched once.

    ``token`` is part of the address that is sent; only the member's own session can use it.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_exports", verbose_name=_("member")
    )
    token = models.CharField(max_length=64, unique=True)
    file = models.FileField(_("file"), storage=private, upload_to="exports/", blank=True)
    requested_at = models.DateTimeField(_("requested"))
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True, blank=True)

    class Meta:
        ordering = ("-requested_at", "-id")
        verbose_name = _("data export")
        verbose_name_plural = _("data exports")
        constraints = (
            models.UniqueConstraint(
                fields=("member",), condition=Q(ready_at__isnull=True), name="data_export_one_under_way"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.requested_at:%Y-%m-%d}"


class Consent(models.Model):
    """That a member agreed to one version of a text, and whether that still holds. Rows are never rewritten.

    ``purpose`` names the text, as ``terms``; ``version`` is the one that was shown.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents", verbose_name=_("member")
    )
    purpose = models.CharField(_("purpose"), max_length=40)
    version = models.CharField(_("version"), max_length=40)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ("-given_at", "-id")
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = (
            models.UniqueConstraint(
                fields=("member", "purpose"), condition=Q(withdrawn_at__isnull=True), name="consent_once_in_force"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.purpose} {self.version}"


class RetentionPeriod(models.Model):
    """For how many days rows of one class stay, where the manager wants another number than the product's own."""

    name = models.CharField(_("class"), max_length=40, unique=True)
    days = models.PositiveIntegerField(_("days"), validators=(MinValueValidator(1), MaxValueValidator(36_500)))

    class Meta:
        ordering = ("name",)
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")

    def __str__(self) -> str:
        return f"{self.name}: {self.days}"
