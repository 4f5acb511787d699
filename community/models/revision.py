"""Revisions: every version of a question or an answer that was changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """One version of a post's text, from the first to the present one; a post that was never changed has none.

    ``author`` wrote this version, who need not have written the one before. ``restores`` is the former version whose
    text it brought back.
    """

    REASON_MAX = 120

    thread = models.ForeignKey("community.Thread", models.CASCADE, null=True, blank=True, related_name="revisions")
    answer = models.ForeignKey("community.Answer", models.CASCADE, null=True, blank=True, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="revisions")
    title = models.CharField(_("title"), max_length=160, blank=True)
    body = models.TextField(_("text"), blank=True)
    reason = models.CharField(_("reason"), max_length=REASON_MAX, blank=True)
    restores = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("written"))

    class Meta:
        ordering = ("-number", "-id")
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = (
            models.UniqueConstraint(fields=("thread", "number"), name="revision_of_thread"),
            models.UniqueConstraint(fields=("answer", "number"), name="revision_of_answer"),
            models.CheckConstraint(
                condition=Q(thread__isnull=False, answer__isnull=True) | Q(thread__isnull=True, answer__isnull=False),
                name="revision_of_one_post",
            ),
        )

    def __str__(self) -> str:
        return f"{self.thread_id or self.answer_id}: {self.number}"
