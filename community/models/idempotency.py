"""Idempotency keys: the first response to a repeated request, kept for a day."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class IdempotencyKey(models.Model):
    """A key that one member, or the shop's server, used for one request; the row commits together with the effect.

    ``fingerprint`` is the SHA-256 of method, path and body: the same key with another request is refused.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    api_key = models.ForeignKey("community.ApiKey", models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    response = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("member", "key"), name="idempotency_key_unique"),
            models.UniqueConstraint(fields=("api_key", "key"), name="idempotency_key_of_shop_unique"),
            models.CheckConstraint(
                condition=models.Q(member=None) ^ models.Q(api_key=None), name="idempotency_key_has_one_owner"
            ),
        )

    def __str__(self) -> str:
        return self.key
