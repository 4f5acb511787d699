"""Which texts that managers write exist in German and English."""

from modeltranslation.translator import TranslationOptions, register

from gamification.models import Badge, CouponPool, Level, Rule


@register(Rule)
class RuleTranslation(TranslationOptions):
    """A rule's name for managers and its reason for members."""

    fields = ("name", "reason")


@register(Badge)
class BadgeTranslation(TranslationOptions):
    """A badge's name and what it is given for."""

    fields = ("name", "description")


@register(Level)
class LevelTranslation(TranslationOptions):
    """A level's name."""

    fields = ("name",)


@register(CouponPool)
class CouponPoolTranslation(TranslationOptions):
    """What a coupon is called."""

    fields = ("name",)
