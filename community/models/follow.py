"""Follows: what members want to hear of, and how much of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Follow(models.Model):
    """What one member wants to hear of one thread, topic or product, or of the brand where all three are empty.

    ``queries.follows`` says what the levels mean for each of them.
    """

    class Level(models.TextChoices):
        ALL = "all", _("All")
        MINE = "mine", _("Only mine")
        OFF = "off", _("Off")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    thread = models.ForeignKey("community.Thread", models.CASCADE, null=True, blank=True, related_name="follows")
    topic = models.ForeignKey("community.Topic", models.CASCADE, null=True, blank=True, related_name="follows")
    product = models.ForeignKey("community.Product", models.CASCADE, null=True, blank=True, related_name="follows")
    level = models.CharField(_("level"), max_length=4, choices=Level, default=Level.ALL)
    at = models.DateTimeField(_("since"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = (
            # Empty ones are distinct to the database, so each of these concerns its own kind of target only.
            models.UniqueConstraint(fields=("member", "thread"), name="follow_thread_once"),
            models.UniqueConstraint(fields=("member", "topic"), name="follow_topic_once"),
            models.UniqueConstraint(fields=("member", "product"), name="follow_product_once"),
            models.UniqueConstraint(
                fields=("member",), condition=Q(thread=None, topic=None, product=None), name="follow_brand_once"
            ),
            models.CheckConstraint(
                condition=Q(topic=None, product=None) | Q(thread=None, product=None) | Q(thread=None, topic=None),
                name="follow_one_target",
            ),
        )
        indexes = (models.Index(fields=("member", "-at", "-id"), name="follow_member"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.level}"
