"""Drafts: what a member is still writing, kept on the server."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """One unfinished text of one member for one place: a new question, an answer to it, a change of either.

    ``target`` is the thread that is answered or the post that is changed, and 0 for a new question. ``content`` holds
    the texts by the name of their form field. ``version`` grows with every save; it starts at the time in
    milliseconds, so that a new draft never bears the number of a former one.
    """

    class Kind(models.TextChoices):
        NEW_THREAD = "thread", _("New question")
        THREAD_EDIT = "thread-edit", _("Change of a question")
        NEW_ANSWER = "answer", _("New answer")
        ANSWER_EDIT = "answer-edit", _("Change of an answer")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    target = models.PositiveBigIntegerField(_("target"), default=0)
    content = models.JSONField(_("texts"), default=dict)
    version = models.PositiveBigIntegerField(_("version"))
    saved_at = models.DateTimeField(_("saved"), db_index=True)

    class Meta:
        ordering = ("-saved_at", "-id")
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = (models.UniqueConstraint(fields=("member", "kind", "target"), name="draft_unique"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind} {self.target}"
