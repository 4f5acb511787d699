"""Roles: what a member is to the brand, beside being a customer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles that a member may hold; the order is the order of display."""

    MANAGER = "manager", _("Community manager")
    AGENT = "agent", _("Team")
    MODERATOR = "moderator", _("Moderator")
    AMBASSADOR = "ambassador", _("Ambassador")


class RoleGrant(models.Model):
    """One role held by one member since a moment."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    granted_at = models.DateTimeField(_("granted"))
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("member_id", "role")
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = (models.UniqueConstraint(fields=("member", "role"), name="role_grant_unique"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.role}"
