"""Which texts that managers write exist in German and English."""

from modeltranslation.translator import TranslationOptions, register

from community.models import Brand, Contest, News, Product, ToolkitChoice, ToolkitOption, Topic


@register(Topic)
class TopicTranslation(TranslationOptions):
    """A topic is named in both languages."""

    fields = ("name",)


@register(Product)
class ProductTranslation(TranslationOptions):
    """A product's name is a name; what it is, is said in both languages."""

    fields = ("summary",)


@register(Brand)
class BrandTranslation(TranslationOptions):
    """What the brand says on the start page, and how it calls its points."""

    fields = ("tagline", "promise", "hero_title", "hero_text", "reputation_name", "credits_name")


@register(News)
class NewsTranslation(TranslationOptions):
    """News are told in both languages; where one is missing, the other stands in."""

    fields = ("title", "body", "html")


@register(Contest)
class ContestTranslation(TranslationOptions):
    """A contest asks in both languages."""

    fields = ("title", "description", "prize")


@register(ToolkitOption)
class ToolkitOptionTranslation(TranslationOptions):
    """What there is to choose is named in both languages."""

    fields = ("name",)


@register(ToolkitChoice)
class ToolkitChoiceTranslation(TranslationOptions):
    """So is each choice."""

    fields = ("name", "note")
