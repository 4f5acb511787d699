"""Agreements with ambassadors: each text in every version that was ever in force, and who agreed to which."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Agreement(models.Model):
    """A contract or a consent. Without a required one nobody is active; to withdraw the contract is to leave."""

    class Kind(models.TextChoices):
        CONTRACT = "contract", _("Contract")
        CONSENT = "consent", _("Consent")

    key = models.SlugField(_("key"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.CONSENT)
    position = models.PositiveSmallIntegerField(_("position"), default=10)
    title = models.CharField(_("title"), max_length=120)
    is_required = models.BooleanField(_("required"), default=True)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = (
            models.CheckConstraint(condition=~Q(kind="contract") | Q(is_required=True), name="agreement_contract"),
        )

    def __str__(self) -> str:
        return self.title


class AgreementVersion(models.Model):
    """The words of an agreement from a moment on. Rows are never changed.

    ``digest`` is the SHA-256 of both languages' texts, so that nobody can put other words under a signature.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions", verbose_name=_("agreement"))
    number = models.PositiveSmallIntegerField(_("version"))
    body = models.TextField(_("text"), max_length=40_000, help_text=_("Markdown, as in answers."))
    html = models.TextField(editable=False, blank=True)
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("in force from"))

    class Meta:
        ordering = ("agreement", "-number")
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        constraints = (models.UniqueConstraint(fields=("agreement", "number"), name="agreement_version_once"),)

    def __str__(self) -> str:
        return str(self.number)


class AgreementGiven(models.Model):
    """A member agreed to one version, in the language that they read; only its end is ever added.

    ``digest`` repeats what was signed.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="agreements_given", verbose_name=_("member")
    )
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="given", verbose_name=_("agreement"))
    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="given", verbose_name=_("version"))
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    language = models.CharField(_("language"), max_length=5)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ("-given_at", "-id")
        verbose_name = _("agreement given")
        verbose_name_plural = _("agreements given")
        indexes = (models.Index("member", F("given_at").desc(), F("id").desc(), name="agreement_given_latest"),)
        constraints = (
            models.UniqueConstraint(
                fields=("member", "agreement"), condition=Q(withdrawn_at__isnull=True), name="agreement_given_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.member}: {self.agreement}"
