"""Which texts that managers write exist in German and English."""

from modeltranslation.translator import TranslationOptions, register

from community.models import Brand, Product, Topic


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
