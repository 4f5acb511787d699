"""Me too: members who have the same question as its asker."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MeToo(models.Model):
    """One member has this question too: 1, or 0 when they took it back.

    The row stays when it is taken back, so that ``rounds`` tells the repetitions apart.
    """

    thread = models.ForeignKey("community.Thread", models.CASCADE, related_name="me_toos")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="me_toos")
    value = models.PositiveSmallIntegerField(_("value"), default=0)
    rounds = models.PositiveIntegerField(default=0, editable=False)
    at = models.DateTimeField(_("said"))

    class Meta:
        ordering = ("thread_id", "member_id")
        verbose_name = _("me too")
        verbose_name_plural = _("me toos")
        constraints = (
            models.UniqueConstraint(fields=("thread", "member"), name="me_too_once"),
            models.CheckConstraint(condition=models.Q(value__in=(0, 1)), name="me_too_value"),
        )
        indexes = (models.Index(fields=("at",), condition=models.Q(value=1), name="me_too_said"),)

    def __str__(self) -> str:
        return f"{self.member_id} → {self.thread_id}: {self.value}"
