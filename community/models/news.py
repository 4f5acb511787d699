"""News: what the brand tells the people who follow it or one of its products."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from community.models.post import Post, PostQuerySet


class News(Post):
    """A post of the brand in both languages; without ``product`` it is for everybody who follows the brand.

    Nobody but managers sees it before ``published_at``, which is written once, when ``publish_at`` is past.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="news", verbose_name=_("author"))
    product = models.ForeignKey(
        "community.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("product"),
        help_text=_("Leave it empty for news of the whole brand."),
    )
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), max_length=20_000, help_text=_("Markdown, as in answers."))
    html = models.TextField(editable=False, blank=True)
    publish_at = models.DateTimeField(
        _("publish from"), null=True, blank=True, help_text=_("Empty: it stays a draft that only managers see.")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)

    # Named again for the type checker, which loses it to the manager that modeltranslation makes.
    objects: ClassVar[models.Manager[News]] = PostQuerySet.as_manager()  # type: ignore[assignment] # it is the same

    class Meta:
        ordering = ("-published_at", "-id")
        verbose_name = _("news")
        verbose_name_plural = _("news")
        indexes = (
            models.Index(F("published_at").desc(), F("id").desc(), name="news_new"),
            models.Index("product", F("published_at").desc(), F("id").desc(), name="news_product"),
            models.Index(
                fields=("publish_at",),
                condition=Q(publish_at__isnull=False, published_at__isnull=True),
                name="news_scheduled",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        """Whether everybody sees it."""
        return self.published_at is not None and self.is_visible

    @property
    def slug(self) -> str:
        """The readable end of the address, the same in every reader's language."""
        return slugify(getattr(self, "title_de", "") or self.title)[:80].strip("-") or "news"

    def get_absolute_url(self) -> str:
        """The canonical address."""
        return reverse("community:news_item", args=[self.pk, self.slug])
