"""The brand: its name, logo and the seven properties that recolour everything."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

COLOUR = RegexValidator(
    r"^(#[0-9a-fA-F]{6}|oklch\([0-9. %]+\))$", _("Write a colour as #1a2b3c or oklch(0.41 0.085 170).")
)
FONTS = RegexValidator(r"^[\w\s\"',-]*$", _("Write font names, separated by commas."))


class Brand(models.Model):
    """One row: the brand that this community belongs to. Empty properties keep the platform's own look."""

    name = models.CharField(_("name"), max_length=60)
    tagline = models.CharField(_("tagline"), max_length=80, blank=True)
    promise = models.CharField(_("promise"), max_length=240, blank=True)
    hero_title = models.CharField(_("headline of the start page"), max_length=80, blank=True)
    hero_text = models.CharField(_("text of the start page"), max_length=240, blank=True)
    shop_url = models.URLField(_("address of the shop"), blank=True)
    shop_origins = models.TextField(
        _("shops that may show our blocks"), blank=True, help_text=_("One address each line: https://shop.example")
    )
    reputation_name = models.CharField(_("reputation is called"), max_length=30, blank=True)
    credits_name = models.CharField(_("credits are called"), max_length=30, blank=True)
    logo = models.FileField(_("logo"), upload_to="brand/", blank=True)
    accent = models.CharField(_("brand colour"), max_length=40, blank=True, validators=[COLOUR])
    reward = models.CharField(_("reward colour"), max_length=40, blank=True, validators=[COLOUR])
    neutral_hue = models.PositiveSmallIntegerField(_("hue of the neutrals"), null=True, blank=True)
    radius = models.PositiveSmallIntegerField(_("corner radius (pixels)"), null=True, blank=True)
    display_font = models.CharField(_("font of titles"), max_length=200, blank=True, validators=[FONTS])
    text_font = models.CharField(_("font of texts"), max_length=200, blank=True, validators=[FONTS])
    hero = models.ImageField(_("picture of the start page"), upload_to="brand/", blank=True)
    followers_after = models.PositiveIntegerField(
        _("tell followers after (minutes)"), default=120, help_text=_("A question without an answer. 0: never.")
    )
    experts_after = models.PositiveIntegerField(
        _("invite ambassadors after (minutes)"),
        default=480,
        help_text=_("Those who know the product or topic. 0: never."),
    )
    agents_after = models.PositiveIntegerField(
        _("tell the team after (minutes)"), default=1440, help_text=_("Everybody with the role of an agent. 0: never.")
    )
    first_posts_held = models.PositiveSmallIntegerField(
        _("first posts that wait for a look"),
        default=0,
        help_text=_("So many posts of a new member stay hidden until somebody has approved them. 0 shows all at once."),
    )
    newcomer_links = models.PositiveSmallIntegerField(
        _("links in a post of a new member"),
        default=3,
        help_text=_("The limit ends with the first level of trust."),
    )
    reviews_held = models.BooleanField(
        _("reviews wait for a look"),
        default=False,
        help_text=_("New and changed reviews stay hidden until somebody has approved them."),
    )
    terms_url = models.URLField(_("address of the terms of use"), blank=True)
    privacy_url = models.URLField(_("address of the privacy notice"), blank=True)
    terms_version = models.CharField(
        _("version of the terms"), max_length=40, default="1", help_text=_("Kept with each consent to them.")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("id",)
        verbose_name = _("brand")
        verbose_name_plural = _("brand")
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="brand_single"),)

    def __str__(self) -> str:
        return self.name

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins that may frame and fetch the blocks made for shops."""
        return tuple(self.shop_origins.split())
