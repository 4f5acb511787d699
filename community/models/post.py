"""What every post has in common: it can be deleted, and it can be hidden until a moderator has looked at it."""

from __future__ import annotations

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def visible(through: str = "") -> Q:
    """The condition under which everybody sees a post; ``through`` names the relation that leads to it."""
    prefix = f"{through}__" if through else ""
    return Q(**{f"{prefix}deleted_at": None, f"{prefix}hidden_at": None})


Post_co = TypeVar("Post_co", bound="Post", covariant=True)


class PostQuerySet(models.QuerySet[Post_co]):
    """Posts, and those among them that everybody sees."""

    def visible(self) -> Self:
        """Neither deleted nor hidden."""
        return self.filter(visible())


class Post(models.Model):
    """Something that a member wrote for others to read.

    ``deleted_at`` is a decision of its author or of a moderator; ``hidden_at`` is a wait: reported too often or not
    looked at yet. Author and moderators still see a hidden post, nobody else does, anywhere.
    """

    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("deleted by")
    )
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_visible(self) -> bool:
        """Whether everybody sees it."""
        return self.deleted_at is None and self.hidden_at is None

    @property
    def is_hidden(self) -> bool:
        """Whether it waits for a moderator, or was removed by one."""
        return self.hidden_at is not None
