"""Standing: the small facts shown beside every name, written downward by upper apps."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.Model):
    """One row a member, so that a byline costs a join and no further query.

    ``level_progress`` is the share of the way from this level to the next, 0 to 100.
    ``pin`` describes the featured badge as drawn: shape, tone, tier, glyph and its name in both languages.
    ``tier`` is the name of an ambassador's tier in each language, empty for everybody else.
    ``role`` repeats the most visible of the member's roles; ``services.roles`` keeps it.
    """

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="standing")
    role = models.CharField(_("role"), max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), default=0)
    level_progress = models.PositiveSmallIntegerField(_("progress to the next level"), default=0)
    pin = models.JSONField(_("featured badge"), default=dict, blank=True)

    tier = models.JSONField(_("tier"), default=dict, blank=True)

    class Meta:
        ordering = ("member_id",)
        verbose_name = _("standing")
        verbose_name_plural = _("standings")

    def __str__(self) -> str:
        return f"{self.member_id}: {self.level}"
