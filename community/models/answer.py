"""Answers to a thread and the votes that find them helpful."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.models.post import Post


class Answer(Post):
    """One member's answer.

    ``score`` puts answers in order: who found it helpful less who did not. It is shown to nobody; ``helpful_count`` is.
    ``accept_rounds`` counts how often it was accepted, ever, ``official_rounds`` alike.
    """

    BODY_MAX = 20_000

    thread = models.ForeignKey("community.Thread", models.PROTECT, related_name="answers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="answers")
    body = models.TextField(_("answer"))
    html = models.TextField(editable=False)
    created_at = models.DateTimeField(_("answered"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    score = models.IntegerField(_("score"), default=0, editable=False)
    helpful_count = models.PositiveIntegerField(_("found helpful"), default=0, editable=False)
    accept_rounds = models.PositiveIntegerField(default=0, editable=False)
    official_rounds = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("-score", "id")
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        indexes = (
            models.Index("thread", F("score").desc(), "id", name="answer_helpful"),
            models.Index("thread", F("created_at").desc(), F("id").desc(), name="answer_new"),
            models.Index("author", F("created_at").desc(), F("id").desc(), name="answer_author"),
        )

    def __str__(self) -> str:
        return self.body[:60]

    def get_absolute_url(self) -> str:
        """Where it stands in its thread, on whichever page that is by then."""
        return reverse("community:answer", args=[self.pk])


class Vote(models.Model):
    """One member's opinion of one answer: 1 helpful, 0 withdrawn, -1 not helpful (never displayed).

    The row stays when a vote is withdrawn, so that ``rounds`` tells the repetitions apart.
    """

    #: Saying that an answer does not help takes as much trust.
    DOWN_FROM_TRUST = 2

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(_("value"), default=0)
    rounds = models.PositiveIntegerField(default=0, editable=False)
    at = models.DateTimeField(_("voted"))

    class Meta:
        ordering = ("answer_id", "voter_id")
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = (
            models.UniqueConstraint(fields=("answer", "voter"), name="vote_unique"),
            models.CheckConstraint(condition=Q(value__in=(-1, 0, 1)), name="vote_value"),
        )

    def __str__(self) -> str:
        return f"{self.voter_id} → {self.answer_id}: {self.value}"
