"""The radar: who might be a lead user, with the evidence, and whom others name as the one who knows more."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RadarScore(models.Model):
    """How a member looked to the radar last night. ``terms`` holds each finding with its value, weight and points."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="radar_score", verbose_name=_("member")
    )
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=1)
    terms = models.JSONField(_("evidence"), default=list)
    at = models.DateTimeField(_("worked out"))

    class Meta:
        ordering = ("-score", "member_id")
        verbose_name = _("finding of the radar")
        verbose_name_plural = _("radar")
        indexes = (models.Index(F("score").desc(), F("member").asc(), name="radar_best"),)

    def __str__(self) -> str:
        return str(self.member)


class Nomination(models.Model):
    """A member names another who knows more about a topic. Nobody but the managers sees it."""

    topic = models.ForeignKey("community.Topic", models.CASCADE, related_name="nominations", verbose_name=_("topic"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="nominations_made", verbose_name=_("named by")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="nominations", verbose_name=_("member")
    )
    why = models.CharField(_("why"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = (
            models.UniqueConstraint(fields=("by", "topic"), name="nomination_unique"),
            models.CheckConstraint(condition=~Q(by=F("member")), name="nomination_of_others"),
        )

    def __str__(self) -> str:
        return f"{self.by_id} → {self.member_id}: {self.topic_id}"
