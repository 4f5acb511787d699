"""Ideas: what members propose, who found it good, what was said about it and what the brand decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community.models.post import Post

RESERVED_SLUGS = {"comments", "delete", "edit", "merge", "restore", "vote"}


class Idea(Post):
    """A proposal on the open board, or an entry to a contest.

    ``vote_count`` and ``comment_count`` are kept. ``stems`` holds the words of the title by which similar ideas are
    found. An idea that was merged is not there any more: its address leads to ``merged_into``, which has its voters.
    """

    TITLE_MIN, TITLE_MAX, BODY_MAX, REASON_MAX = 10, 120, 10_000, 600

    class Status(models.TextChoices):
        NEW = "new", _("New")
        UNDER_REVIEW = "under_review", _("Under review")
        PLANNED = "planned", _("Planned")
        BUILDING = "building", _("Building")
        SHIPPED = "shipped", _("In the shop")
        DECLINED = "declined", _("Not now")

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ideas")
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    body = models.TextField(_("description"), blank=True)
    html = models.TextField(editable=False, blank=True)
    stems = models.CharField(max_length=1000, editable=False, blank=True)
    language = models.CharField(_("language"), max_length=2, default="de")
    product = models.ForeignKey(
        "community.Product", models.PROTECT, null=True, blank=True, related_name="ideas", verbose_name=_("product")
    )
    topic = models.ForeignKey(
        "community.Topic", models.PROTECT, null=True, blank=True, related_name="ideas", verbose_name=_("topic")
    )
    contest = models.ForeignKey(
        "community.Contest", models.PROTECT, null=True, blank=True, related_name="ideas", verbose_name=_("contest")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.NEW)
    status_reason = models.CharField(_("reason"), max_length=REASON_MAX, blank=True)
    status_at = models.DateTimeField(_("decided"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    remix_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="remixes")
    vote_count = models.PositiveIntegerField(_("votes"), default=0, editable=False)
    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    created_at = models.DateTimeField(_("proposed"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        indexes = (
            models.Index(F("created_at").desc(), F("id").desc(), name="idea_new"),
            models.Index(F("vote_count").desc(), F("id").desc(), name="idea_top"),
            models.Index("status", F("vote_count").desc(), F("id").desc(), name="idea_status_top"),
            models.Index("contest", F("created_at").desc(), F("id").desc(), name="idea_contest_new"),
            models.Index("product", F("created_at").desc(), F("id").desc(), name="idea_product_new"),
            models.Index("author", F("created_at").desc(), F("id").desc(), name="idea_author_new"),
            # As ``thread_merged``.
            models.Index(fields=("merged_into",), name="idea_merged", condition=Q(merged_into__isnull=False)),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="idea_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(status="declined", status_reason=""), name="idea_declined_with_reason"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """The readable end of the address, never one of the words that stand there for a deed."""
        slug = slugify(self.title)[:80].strip("-")
        return f"idea-{slug}".rstrip("-") if slug in {"", *RESERVED_SLUGS} else slug

    def get_absolute_url(self) -> str:
        """The canonical address."""
        return reverse("community:idea", args=[self.pk, self.slug])


class IdeaVote(models.Model):
    """One member's vote for one idea. The row is the vote: taking it back deletes it.

    Its id names the deed in the journal, so a vote keeps its deed when ideas are merged.
    """

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="votes")
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="idea_votes")
    at = models.DateTimeField(_("voted"))

    class Meta:
        ordering = ("idea_id", "id")
        verbose_name = _("vote for an idea")
        verbose_name_plural = _("votes for ideas")
        constraints = (models.UniqueConstraint(fields=("idea", "voter"), name="idea_vote_unique"),)

    def __str__(self) -> str:
        return f"{self.voter_id} → {self.idea_id}"


class IdeaComment(Post):
    """A remark under an idea, in one paragraph of inline Markdown."""

    BODY_MAX = 600

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="idea_comments")
    body = models.CharField(_("comment"), max_length=BODY_MAX)
    html = models.TextField(editable=False)
    created_at = models.DateTimeField(_("written"))

    class Meta:
        ordering = ("created_at", "id")
        verbose_name = _("comment on an idea")
        verbose_name_plural = _("comments on ideas")
        indexes = (
            models.Index(
                fields=("idea", "created_at", "id"),
                condition=Q(deleted_at__isnull=True, hidden_at__isnull=True),
                name="idea_comment_shown",
            ),
        )

    def __str__(self) -> str:
        return self.body[:60]

    def get_absolute_url(self) -> str:
        """Deep link to the comment under its idea."""
        return f"{self.idea.get_absolute_url()}#comment-{self.pk}"


class StatusChange(models.Model):
    """What the brand decided about an idea, when, by whom and why. Never changed afterwards."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="status_changes")
    status = models.CharField(_("status"), max_length=12, choices=Idea.Status)
    reason = models.CharField(_("reason"), max_length=Idea.REASON_MAX, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("decided"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("change of status")
        verbose_name_plural = _("changes of status")
        indexes = (models.Index("idea", F("at").desc(), F("id").desc(), name="status_change_new"),)

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.status}"
