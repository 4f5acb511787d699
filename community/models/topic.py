"""Topics: what a thread is about, besides the product."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """A subject that managers name in German and English and that threads may belong to."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    thread_count = models.PositiveIntegerField(_("questions"), default=0, editable=False)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the list of this topic's threads."""
        return f"{reverse('community:threads')}?topic={self.slug}"
