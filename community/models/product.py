"""Products: the thing that questions, and later reviews and tests, are about."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Product(models.Model):
    """An article of the brand's shop. ``price`` is in ``currency`` (ISO 4217), tax included.

    ``picture`` is a path under the static files or an absolute address in the shop. ``facts`` are the shop's own
    names and values, such as the width in millimetres. ``told_at`` is the shop's time of its last word.
    """

    sku = models.CharField(_("SKU"), max_length=64, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(_("summary"), max_length=240, blank=True)
    picture = models.CharField(_("picture"), max_length=300, blank=True)
    shop_url = models.URLField(_("address in the shop"), blank=True)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    thread_count = models.PositiveIntegerField(_("questions"), default=0, editable=False)
    owner_count = models.PositiveIntegerField(_("owners"), default=0, editable=False)
    told_at = models.DateTimeField(_("told by the shop"), null=True, blank=True, editable=False)
    told_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("product")
        verbose_name_plural = _("products")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the product's page in the community."""
        return reverse("community:product", args=[self.slug])


class FormerSlug(models.Model):
    """An address that a product had before: links and texts that use it lead on until another product takes it."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    product = models.ForeignKey(Product, models.CASCADE, related_name="former_slugs", verbose_name=_("product"))

    class Meta:
        ordering = ("slug",)
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug
