"""Which texts that managers write exist in German and English."""

from modeltranslation.translator import TranslationOptions, register

from chat.models import CannedReply


@register(CannedReply)
class CannedReplyTranslation(TranslationOptions):
    """What a helper says comes in the language of who asks."""

    fields = ("title", "body")
