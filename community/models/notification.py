"""Notifications: what a member is told and on which way, stored as kind and facts and worded for the reader."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Channel(models.TextChoices):
    """Where a group of notifications goes. Every one but the first is also told on the site."""

    OFF = "off", _("Off")
    IN_APP = "in_app", _("Only here")
    AT_ONCE = "at_once", _("E-mail at once")
    DAILY = "daily", _("Daily e-mail")
    WEEKLY = "weekly", _("Weekly e-mail")


BY_MAIL = (Channel.AT_ONCE, Channel.DAILY, Channel.WEEKLY)


class Notification(models.Model):
    """One thing to tell one member, once: ``key`` makes a repeated task harmless.

    ``shown_at`` is when an open tab showed it as a toast or dialog; ``read_at`` when the member opened it. Rows of
    one ``group`` are one line; reading closes the group, what comes later opens a new one. ``subject_kind`` and
    ``subject_id`` name what it is about: it is told only as long as that may be read. ``channel`` was decided when it
    was told; ``mail_after`` is when it may go into a mail and ``mailing`` the one mail that carries it.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=140)
    group = models.CharField(max_length=200, blank=True, default="")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    thread = models.ForeignKey("community.Thread", models.CASCADE, null=True, blank=True, related_name="+")
    subject_kind = models.CharField(_("kind of subject"), max_length=40, blank=True, default="")
    subject_id = models.BigIntegerField(_("subject"), null=True, blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    created_at = models.DateTimeField(_("told"))
    shown_at = models.DateTimeField(_("shown"), null=True, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.IN_APP)
    mail_after = models.DateTimeField(_("may be mailed from"), null=True, blank=True)
    mailing = models.ForeignKey(
        "community.Mailing", models.SET_NULL, null=True, blank=True, related_name="notifications", editable=False
    )

    #: How many people stand behind a line of the list besides ``actor``; set by the query that groups.
    others: int = 0
    #: The ids of the rows that stand behind a line; set by the query that bundles.
    bundle: tuple[int, ...] = ()
    #: What it is about, for the kinds whose wording needs it.
    post: Any = None

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = (models.UniqueConstraint(fields=("member", "key"), name="notification_once"),)
        indexes = (
            models.Index("member", F("created_at").desc(), F("id").desc(), name="notification_new"),
            models.Index(fields=("member", "group", "id"), name="notification_group"),
            models.Index(fields=("member",), condition=Q(read_at__isnull=True), name="notification_unread"),
            models.Index(fields=("member", "id"), condition=Q(shown_at__isnull=True), name="notification_unshown"),
            models.Index(
                fields=("mail_after", "id"),
                condition=Q(mail_after__isnull=False, mailing__isnull=True),
                name="notification_to_mail",
            ),
            models.Index(fields=("subject_kind", "subject_id"), name="notification_subject"),
        )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind}"

    @property
    def who(self) -> str:
        """The people of a grouped line: "Anna and 3 others"."""
        name = self.actor.display_name if self.actor else ""
        if not self.others:
            return name
        words = ngettext("%(name)s and %(others)d other", "%(name)s and %(others)d others", self.others)
        return words % {"name": name, "others": self.others}

    @property
    def people(self) -> int:
        """How many people ``who`` names."""
        return 1 + self.others


class NotificationSetting(models.Model):
    """Where one member wants one group of notifications; without a row the group's own default holds."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_settings")
    group = models.CharField(_("group"), max_length=40)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)

    class Meta:
        ordering = ("member_id", "group")
        verbose_name = _("notification setting")
        verbose_name_plural = _("notification settings")
        constraints = (models.UniqueConstraint(fields=("member", "group"), name="notification_setting_once"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.group} → {self.channel}"
