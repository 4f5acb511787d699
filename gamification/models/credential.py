"""Open Badges: the key that signs them, and which award each of them vouches for."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class IssuerKey(models.Model):
    """A signing key. ``sealed`` is its private part, encrypted; ``public`` stays served after a change of keys."""

    kid = models.CharField(_("key id"), max_length=64, unique=True)
    sealed = models.TextField(editable=False)
    public = models.JSONField(_("public key"))
    is_active = models.BooleanField(_("signs"), default=True)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ("-id",)
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        constraints = (
            models.UniqueConstraint(fields=("is_active",), condition=Q(is_active=True), name="issuer_key_one_active"),
        )

    def __str__(self) -> str:
        return self.kid


class Credential(models.Model):
    """A badge that a member took away as a file. Its id is its place in the status lists.

    It holds as long as the award does that it was made for, told by the deed that earned it: who loses a badge and
    earns it again takes a new one away.
    """

    code = models.UUIDField(_("code"), default=uuid.uuid4, unique=True, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="credentials", verbose_name=_("member")
    )
    grade = models.ForeignKey("gamification.Grade", models.PROTECT, related_name="+", verbose_name=_("grade"))
    activity = models.ForeignKey(
        "community.Activity", models.PROTECT, related_name="+", verbose_name=_("deed that reached it")
    )
    earned_at = models.DateTimeField(_("earned"))
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        ordering = ("-id",)
        verbose_name = _("open badge")
        verbose_name_plural = _("open badges")
        constraints = (models.UniqueConstraint(fields=("member", "grade", "activity"), name="credential_once"),)

    def __str__(self) -> str:
        return str(self.code)
