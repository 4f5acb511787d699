"""Uploads: pictures that members show in their posts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """One picture of one member, encoded anew; ``token`` is how its owner's texts name it.

    ``unused_since`` is empty while a post, or a former version of one, shows it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    token = models.CharField(max_length=22, unique=True)
    file = models.FileField(_("picture"), upload_to="uploads/%Y/%m/")
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    size = models.PositiveIntegerField(_("bytes"))
    created_at = models.DateTimeField(_("uploaded"))
    unused_since = models.DateTimeField(_("unused since"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        indexes = (
            models.Index(fields=("unused_since", "id"), condition=Q(unused_since__isnull=False), name="upload_unused"),
        )

    def __str__(self) -> str:
        return self.token
