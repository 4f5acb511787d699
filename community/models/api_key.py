"""Keys of the shop's server."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ApiKey(models.Model):
    """A key for the shop's server. ``prefix`` is its readable first part, ``digest`` the SHA-256 of its secret.

    ``salt`` makes the secret with which the server may sign instead: derived when needed, stored nowhere.
    """

    class Scope(models.TextChoices):
        PRODUCTS = "products", _("Put products")
        CUSTOMERS = "customers", _("Put customers")
        ORDERS = "orders", _("Post orders")
        COUPONS = "coupons", _("Use coupons")
        MESSAGES = "messages", _("Send messages")

    name = models.CharField(_("name"), max_length=60, help_text=_("Who uses it, such as the shop's name."))
    prefix = models.CharField(_("begins with"), max_length=12, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    salt = models.CharField(max_length=32, editable=False)
    scopes = models.JSONField(_("permitted"), default=list)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class SeenSignature(models.Model):
    """A signature that was accepted; it is accepted once. Forgotten when it would be too old anyway."""

    api_key = models.ForeignKey(ApiKey, models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("api_key", "signature"), name="seen_signature_unique"),
            models.CheckConstraint(condition=~Q(signature=""), name="seen_signature_given"),
        )

    def __str__(self) -> str:
        return self.signature[:12]
