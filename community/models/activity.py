"""The journal of deeds and its outbox."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.registry import registry


class Activity(models.Model):
    """One deed, written in the transaction that changed the thing, never changed afterwards.

    ``key`` names the deed and its repetition, as in ``answer.accepted:7:1``.
    ``actor`` did it; ``beneficiary`` is whom it honours, if anybody else.
    ``undoes`` is the deed that this one takes back.
    ``facts`` holds ids and allow-listed values only: no free text, no personal data.
    """

    verb = models.CharField(_("verb"), max_length=60)
    key = models.CharField(_("key"), max_length=120, unique=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deeds", verbose_name=_("actor"))
    beneficiary = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="honours",
        verbose_name=_("beneficiary"),
    )
    subject_kind = models.CharField(_("kind of subject"), max_length=40)
    subject_id = models.BigIntegerField(_("subject"))
    facts = models.JSONField(_("facts"), default=dict)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("takes back")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("-id",)
        verbose_name = _("activity")
        verbose_name_plural = _("journal")
        indexes = (
            models.Index(fields=("verb", "id"), name="activity_verb"),
            models.Index(fields=("beneficiary", "id"), name="activity_beneficiary"),
            models.Index(fields=("subject_kind", "subject_id", "id"), name="activity_subject"),
        )

    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """The outbox: one row for each consumer that has not handled an activity yet.

    ``leased_until`` hides the row from other workers; ``attempts`` is counted before running, so that a row
    that kills its worker is parked all the same.
    """

    consumer = models.CharField(_("consumer"), max_length=40)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="deliveries")
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    leased_until = models.DateTimeField(_("leased until"))
    parked_at = models.DateTimeField(_("parked"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("delivery")
        verbose_name_plural = _("background work")
        constraints = (models.UniqueConstraint(fields=("consumer", "activity"), name="delivery_unique"),)
        indexes = (
            models.Index(
                fields=("consumer", "leased_until", "id"), condition=Q(parked_at__isnull=True), name="delivery_due"
            ),
        )

    def __str__(self) -> str:
        return f"{registry.task_of(self.consumer)} ← {self.activity_id}"
