"""Comments: short remarks under a question or an answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.models.post import Post


class Comment(Post):
    """A remark in one paragraph of inline Markdown. Without ``answer`` it stands under the question."""

    BODY_MAX = 600

    thread = models.ForeignKey("community.Thread", models.PROTECT, related_name="comments")
    answer = models.ForeignKey("community.Answer", models.PROTECT, null=True, blank=True, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    body = models.CharField(_("comment"), max_length=BODY_MAX)
    html = models.TextField(editable=False)
    created_at = models.DateTimeField(_("written"))

    class Meta:
        ordering = ("created_at", "id")
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = (
            models.Index(
                fields=("thread", "answer", "created_at", "id"),
                condition=Q(deleted_at__isnull=True, hidden_at__isnull=True),
                name="comment_shown",
            ),
        )

    def __str__(self) -> str:
        return self.body[:60]

    def get_absolute_url(self) -> str:
        """Where it stands in its thread, on whichever page that is by then."""
        return reverse("community:comment", args=[self.pk])
