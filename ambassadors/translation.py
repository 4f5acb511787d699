"""Which texts that managers write exist in German and English."""

from modeltranslation.translator import TranslationOptions, register

from ambassadors.models import (
    Agreement,
    AgreementVersion,
    ApplyQuestion,
    BrandEvent,
    Campaign,
    CampaignNote,
    CampaignQuestion,
    Findings,
    OccasionRule,
    ProductTest,
    ReportQuestion,
    Segment,
    Tier,
    TrainingChoice,
    TrainingModule,
    TrainingQuestion,
    Voice,
)


@register(BrandEvent)
class BrandEventTranslation(TranslationOptions):
    """What an event is called, what happens there, and where it is."""

    fields = ("title", "summary", "description", "place")


@register(Campaign)
class CampaignTranslation(TranslationOptions):
    """A campaign looks for people in both languages."""

    fields = ("title", "lead")


@register(CampaignNote)
class CampaignNoteTranslation(TranslationOptions):
    """So does each note on its page."""

    fields = ("figure", "title", "text")


@register(Voice)
class VoiceTranslation(TranslationOptions):
    """What somebody said is shown in both languages."""

    fields = ("quote",)


@register(CampaignQuestion)
class CampaignQuestionTranslation(TranslationOptions):
    """A form asks in both languages; its choices stand in the same order in each."""

    fields = ("label", "hint", "options")


@register(OccasionRule)
class OccasionRuleTranslation(TranslationOptions):
    """A rule for occasions speaks to managers of both languages."""

    fields = ("name", "advice")


@register(ProductTest)
class ProductTestTranslation(TranslationOptions):
    """A product test invites in both languages."""

    fields = ("title", "lede", "quota_question", "chance")


@register(Segment)
class SegmentTranslation(TranslationOptions):
    """So is each answer that decides the segment."""

    fields = ("name",)


@register(ApplyQuestion)
class ApplyQuestionTranslation(TranslationOptions):
    """Applicants are asked in both languages; the choices stand in the same order in each."""

    fields = ("label", "hint", "options")


@register(ReportQuestion)
class ReportQuestionTranslation(TranslationOptions):
    """Testers are asked in both languages; the options stand in the same order in each."""

    fields = ("label", "hint", "options")


@register(Findings)
class FindingsTranslation(TranslationOptions):
    """What the brand takes from a test is said in both languages."""

    fields = ("words",)


@register(Tier)
class TierTranslation(TranslationOptions):
    """A tier is named in both languages."""

    fields = ("name",)


@register(Agreement)
class AgreementTranslation(TranslationOptions):
    """What is signed is called and said in both languages."""

    fields = ("title",)


@register(AgreementVersion)
class AgreementVersionTranslation(TranslationOptions):
    """Both languages are of one version."""

    fields = ("body", "html")


@register(TrainingModule)
class TrainingModuleTranslation(TranslationOptions):
    """A lesson is taught in both languages."""

    fields = ("title", "summary", "body", "html")


@register(TrainingQuestion)
class TrainingQuestionTranslation(TranslationOptions):
    """So is asked."""

    fields = ("text", "explanation")


@register(TrainingChoice)
class TrainingChoiceTranslation(TranslationOptions):
    """So is answered."""

    fields = ("text",)
