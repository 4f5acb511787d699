"""Notifications: what a member is told, stored as kind and facts and worded for the reader."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Notification(models.Model):
    """One thing to tell one member, once: ``key`` makes a repeated task harmless.

    ``shown_at`` is when an open tab showed it as a toast or dialog; ``read_at`` when the member opened it.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=140)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    thread = models.ForeignKey("community.Thread", models.CASCADE, null=True, blank=True, related_name="+")
    facts = models.JSONField(_("facts"), default=dict)
    created_at = models.DateTimeField(_("told"))
    shown_at = models.DateTimeField(_("shown"), null=True, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = (models.UniqueConstraint(fields=("member", "key"), name="notification_once"),)
        indexes = (
            models.Index("member", F("created_at").desc(), F("id").desc(), name="notification_new"),
            models.Index(fields=("member",), condition=Q(read_at__isnull=True), name="notification_unread"),
            models.Index(fields=("member", "id"), condition=Q(shown_at__isnull=True), name="notification_unshown"),
        )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind}"
