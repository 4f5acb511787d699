"""Which texts that managers write exist in German and English."""

from modeltranslation.translator import TranslationOptions, register

from gamification.models import Badge, CouponPool, Level, Quest, Reward, Rule, Season, Streak


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


@register(Reward)
class RewardTranslation(TranslationOptions):
    """What a reward is called and what one gets."""

    fields = ("name", "description")


@register(Season)
class SeasonTranslation(TranslationOptions):
    """A season's name."""

    fields = ("name",)


@register(Streak)
class StreakTranslation(TranslationOptions):
    """A streak's name."""

    fields = ("name",)


@register(Quest)
class QuestTranslation(TranslationOptions):
    """A quest's name and what it is about."""

    fields = ("name", "description")
