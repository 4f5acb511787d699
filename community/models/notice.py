"""Notices of illegal content by anybody, with or without an account (Digital Services Act, article 16)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """What somebody holds to be illegal, where it stands and why; ``number`` is the receipt.

    Name and address may be missing only where the notice is about the sexual abuse of children.
    """

    class Kind(models.TextChoices):
        HATE = "hate", _("Incitement or threats")
        DEFAMATION = "defamation", _("Insult or defamation")
        PRIVACY = "privacy", _("Personal data or pictures of me")
        COPYRIGHT = "copyright", _("Copyright or trade mark")
        FRAUD = "fraud", _("Fraud or a scam")
        PRODUCT = "product", _("Unsafe or forbidden product")
        CHILDREN = "children", _("Sexual abuse of children")
        OTHER = "other", _("Something else that is illegal")

    class Outcome(models.TextChoices):
        OPEN = "", _("open")
        REMOVED = "removed", _("removed")
        KEPT = "kept", _("kept")

    TEXT_MAX = 4000

    number = models.CharField(_("receipt number"), max_length=20, unique=True)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="notices",
        verbose_name=_("member"),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=2, default="de")
    kind = models.CharField(_("what is illegal"), max_length=12, choices=Kind)
    url = models.CharField(_("address of the content"), max_length=500)
    explanation = models.TextField(_("why it is illegal"), max_length=TEXT_MAX)
    in_good_faith = models.BooleanField(_("in good faith"), default=False)
    case = models.ForeignKey(
        "community.Case", models.SET_NULL, null=True, blank=True, related_name="notices", verbose_name=_("case")
    )
    at = models.DateTimeField(_("received"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.OPEN, blank=True)
    answer = models.TextField(_("reasons told"), max_length=TEXT_MAX, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = (
            models.CheckConstraint(condition=Q(in_good_faith=True), name="notice_in_good_faith"),
            models.CheckConstraint(condition=Q(kind="children") | (~Q(name="") & ~Q(email="")), name="notice_says_who"),
        )
        indexes = (models.Index(F("at").desc(), F("id").desc(), name="notice_new"),)

    def __str__(self) -> str:
        return self.number
