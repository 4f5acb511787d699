"""The shop's page: the widget that it embeds, and the visitors who open it."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class Widget(models.Model):
    """One shop that embeds the chat.

    ``key`` is public and stands in its pages; the secret, which is sealed and shown once, signs what only its server
    knows. ``origins`` are the pages' origins, as in ``https://shop.example``; nobody else may embed it.
    """

    name = models.CharField(_("name"), max_length=80)
    key = models.CharField(_("key"), max_length=40, unique=True, editable=False)
    sealed_secret = models.TextField(editable=False)
    origins = models.JSONField(_("origins"), default=list, blank=True)
    language = models.CharField(
        _("language"), max_length=2, default="de", choices=(("de", "Deutsch"), ("en", "English"))
    )
    greeting = models.CharField(_("greeting"), max_length=200, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        ordering = ("id",)
        verbose_name = _("widget")
        verbose_name_plural = _("widgets")

    def __str__(self) -> str:
        return self.name


class Visitor(models.Model):
    """Somebody on the shop's page who has opened the chat; made with the first click, never before.

    ``name`` is what they typed. ``customer`` and ``crm`` are what the shop's server vouched for: who they are there,
    and what routing and agents may know of them. ``email`` is theirs only where they asked to be told, or where the
    shop vouched for it; ambassadors never see it.
    """

    widget = models.ForeignKey(Widget, models.PROTECT, related_name="visitors", verbose_name=_("widget"))
    name = models.CharField(_("name"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=2, default="de")
    customer = models.ForeignKey(
        "community.ShopCustomer",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="visitors",
        verbose_name=_("shop customer"),
    )
    crm = models.JSONField(_("vouched for by the shop"), default=dict, blank=True)
    vouched_until = models.DateTimeField(_("vouched for until"), null=True, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    visits = models.PositiveIntegerField(_("visits"), default=1, editable=False)
    first_at = models.DateTimeField(_("first seen"))
    seen_at = models.DateTimeField(_("last seen"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-seen_at", "-id")
        verbose_name = _("visitor")
        verbose_name_plural = _("visitors")
        indexes = (models.Index(F("seen_at").desc(), F("id").desc(), name="visitor_seen"),)

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


class VisitorSession(models.Model):
    """One browser of a visitor. Only a digest of its token is kept; the token travels in frames and headers."""

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="sessions")
    digest = models.CharField(max_length=64, unique=True)
    origin = models.CharField(_("origin"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"))
    expires_at = models.DateTimeField(_("expires"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("session of a visitor")
        verbose_name_plural = _("sessions of visitors")
        indexes = (models.Index(fields=("expires_at",), name="visitor_session_expires"),)

    def __str__(self) -> str:
        return f"{self.visitor_id}: {self.origin}"


class SeenToken(models.Model):
    """A signed identity that was used: it is good once. Forgotten when it would have expired anyway."""

    widget = models.ForeignKey(Widget, models.CASCADE, related_name="+")
    token_id = models.CharField(max_length=80)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("widget", "token_id"), name="seen_token_once"),)
        indexes = (models.Index(fields=("expires_at",), name="seen_token_expires"),)

    def __str__(self) -> str:
        return self.token_id
