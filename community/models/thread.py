"""Threads: a question, its classification and the counters that its lists need."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community.models.post import Post

RESERVED_SLUGS = {
    *("accepted", "answers", "comments", "delete", "edit", "follow", "history", "me-too", "merge", "news", "restore"),
    "unread",
}


class Phase(models.TextChoices):
    """Where in the customer journey the question arises."""

    BEFORE = "before", _("Before you buy")
    WHILE = "while", _("While ordering")
    AFTER = "after", _("After purchase")


class Thread(Post):
    """A question with its answers. Texts are kept as Markdown and as the HTML rendered from it.

    ``score`` counts helpful votes over all answers; ``active_at`` is the moment of the last post.
    ``accepted_answer`` is what solved it for its asker, ``official_answer`` what the brand says.
    ``merged_into`` is where its answers went; a merged thread is deleted, and its address leads there.
    """

    TITLE_MIN, TITLE_MAX, BODY_MAX = 10, 160, 20_000

    class State(models.TextChoices):
        UNANSWERED = "unanswered", _("Unanswered")
        OPEN = "open", _("Open")
        SOLVED = "solved", _("Solved")

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="threads")
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    body = models.TextField(_("details"), blank=True)
    html = models.TextField(editable=False, blank=True)
    language = models.CharField(_("language"), max_length=2, default="de")
    phase = models.CharField(_("phase"), max_length=8, choices=Phase)
    topic = models.ForeignKey(
        "community.Topic", models.PROTECT, null=True, blank=True, related_name="threads", verbose_name=_("topic")
    )
    product = models.ForeignKey(
        "community.Product", models.PROTECT, null=True, blank=True, related_name="threads", verbose_name=_("product")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNANSWERED)
    accepted_answer = models.OneToOneField(
        "community.Answer", models.SET_NULL, null=True, blank=True, related_name="solves"
    )
    official_answer = models.OneToOneField(
        "community.Answer", models.SET_NULL, null=True, blank=True, related_name="official_for"
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
        db_index=False,  # by ``thread_merged`` below
    )
    created_at = models.DateTimeField(_("asked"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    active_at = models.DateTimeField(_("last post"))
    answer_count = models.PositiveIntegerField(_("answers"), default=0, editable=False)
    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    score = models.IntegerField(_("helpful votes"), default=0, editable=False)
    me_too_count = models.PositiveIntegerField(_("same question"), default=0, editable=False)
    view_count = models.PositiveIntegerField(_("views"), default=0, editable=False)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        indexes = (
            models.Index(F("created_at").desc(), F("id").desc(), name="thread_new"),
            models.Index(F("active_at").desc(), F("id").desc(), name="thread_active"),
            models.Index(F("score").desc(), F("id").desc(), name="thread_top"),
            models.Index("state", F("created_at").desc(), F("id").desc(), name="thread_state_new"),
            models.Index("author", F("created_at").desc(), F("id").desc(), name="thread_author"),
            models.Index("product", F("created_at").desc(), F("id").desc(), name="thread_product"),
            models.Index("topic", F("created_at").desc(), F("id").desc(), name="thread_topic"),
            # Of the few that were merged only: an index that is nearly all NULL looks useless to SQLite, which then
            # reads every thread.
            models.Index(fields=("merged_into",), name="thread_merged", condition=Q(merged_into__isnull=False)),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_answer__isnull=True) | Q(state="solved"), name="thread_accepted_is_solved"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(deleted_at__isnull=False), name="thread_merged_is_deleted"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """The readable end of the address, never one of the words that stand there for a deed."""
        slug = slugify(self.title)[:80].strip("-")
        return f"thread-{slug}".rstrip("-") if slug in {"", *RESERVED_SLUGS} else slug

    def get_absolute_url(self) -> str:
        """The canonical address."""
        return reverse("community:thread", args=[self.pk, self.slug])
