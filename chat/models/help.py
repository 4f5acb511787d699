"""Asking for help: what the visitor wants to know, and who answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Target(models.TextChoices):
    """Who a question may be led to."""

    BOT = "bot", _("Bot")
    AMBASSADORS = "ambassadors", _("Ambassadors")
    AGENTS = "agents", _("Team")
    MESSAGE = "message", _("Leave a message")


class Responder(models.Model):
    """A member who helps in the chat, as ambassador or for the brand.

    ``load`` is how many conversations they have or are being offered; it moves with the conversation in one
    transaction, by a conditional update that never lets it pass ``capacity``. ``languages`` are codes; ``schedule``
    is a list of {"weekday": 0–6, "from": "HH:MM", "until": "HH:MM"} in the member's own time zone, empty for always.
    ``available`` is the switch that they throw themselves; ``seen_at`` is their desk's last sign of life.
    """

    class Group(models.TextChoices):
        AMBASSADORS = "ambassadors", _("Ambassadors")
        AGENTS = "agents", _("Team")

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="responder")
    group = models.CharField(_("group"), max_length=12, choices=Group)
    is_enabled = models.BooleanField(_("enabled"), default=True)
    available = models.BooleanField(_("available"), default=False)
    capacity = models.PositiveSmallIntegerField(_("conversations at once"), default=2)
    load = models.PositiveSmallIntegerField(_("conversations now"), default=0, editable=False)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    topics = models.ManyToManyField("community.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    products = models.ManyToManyField("community.Product", blank=True, related_name="+", verbose_name=_("products"))
    schedule = models.JSONField(_("times"), default=list, blank=True)
    seen_at = models.DateTimeField(_("last seen"), null=True, blank=True)
    rating_sum = models.PositiveIntegerField(default=0, editable=False)
    rating_count = models.PositiveIntegerField(_("ratings"), default=0, editable=False)
    helped_count = models.PositiveIntegerField(_("talks"), default=0, editable=False)

    class Meta:
        ordering = ("id",)
        verbose_name = _("adviser")
        verbose_name_plural = _("advisers")
        indexes = (models.Index(fields=("group", "is_enabled", "available"), name="responder_open"),)

    def __str__(self) -> str:
        return str(self.member)


class HelpRequest(models.Model):
    """What is asked, from where, and who helps. The conversation holds its state and its words.

    The context (page, product, cart) is what the page told; ``crm`` is what the shop's server vouched for when help
    was asked for. An ambassador sees the cart only where ``cart_shared`` is set, and never ``crm``.
    ``target`` is where it waits now, ``fallbacks`` the targets that are left, ``declines`` how many said no there.
    ``front`` puts somebody whose helper was lost before everybody else; ``avoid`` are the responders who said no, let
    the offer pass or handed over. ``about_order`` keeps a question about order, delivery or invoice with the team.
    ``summary`` is what the last helper wrote for the next one. ``tell`` sends the answer to the visitor's mailbox.
    """

    conversation = models.OneToOneField("chat.Conversation", models.CASCADE, related_name="help")
    visitor = models.ForeignKey("chat.Visitor", models.PROTECT, null=True, blank=True, related_name="help_requests")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="help_requests"
    )
    phase = models.CharField(
        _("phase"),
        max_length=8,
        choices=(("before", _("Before you buy")), ("while", _("While ordering")), ("after", _("After purchase"))),
    )
    language = models.CharField(_("language"), max_length=2, default="de")
    product = models.ForeignKey(
        "community.Product", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("product")
    )
    topic = models.ForeignKey(
        "community.Topic", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("topic")
    )
    page_url = models.CharField(_("page"), max_length=500, blank=True)
    page_title = models.CharField(_("title of the page"), max_length=200, blank=True)
    cart = models.JSONField(_("cart"), default=list, blank=True)
    cart_value = models.DecimalField(_("value of the cart"), max_digits=12, decimal_places=2, null=True, blank=True)
    cart_currency = models.CharField(_("currency"), max_length=3, blank=True)
    cart_shared = models.BooleanField(_("cart is shared"), default=False)
    returning = models.BooleanField(_("was here before"), default=False)
    crm = models.JSONField(_("vouched for by the shop"), default=dict, blank=True)
    target = models.CharField(_("waits for"), max_length=12, choices=Target, default=Target.BOT)
    fallbacks = models.JSONField(default=list, blank=True)
    declines = models.PositiveSmallIntegerField(default=0)
    avoid = models.JSONField(default=list, blank=True)
    about_order = models.BooleanField(_("about an order"), default=False)
    summary = models.TextField(_("summary for the next helper"), max_length=1_000, blank=True)
    tell = models.BooleanField(_("is told by e-mail"), default=False)
    front = models.BooleanField(_("in front"), default=False)
    queued_at = models.DateTimeField(_("waits since"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    responder = models.ForeignKey(
        Responder, models.PROTECT, null=True, blank=True, related_name="helping", verbose_name=_("helped by")
    )
    helped_at = models.DateTimeField(_("helped since"), null=True, blank=True)
    lost_at = models.DateTimeField(_("helper lost"), null=True, blank=True)
    asker_seen_at = models.DateTimeField(_("asker last seen"), null=True, blank=True)
    held_out = models.BooleanField(_("in the hold-out"), default=False)

    class Meta:
        ordering = ("-asked_at", "-id")
        verbose_name = _("request for help")
        verbose_name_plural = _("requests for help")
        indexes = (
            models.Index(
                fields=("target", "-front", "queued_at", "id"),
                condition=Q(queued_at__isnull=False),
                name="help_queue",
            ),
            models.Index(fields=("responder", "-helped_at"), name="help_responder"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(visitor__isnull=False, member=None) | Q(visitor=None, member__isnull=False),
                name="help_asked_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.target}"


class Offer(models.Model):
    """A conversation offered to one responder for a while; there is one open offer for a conversation at most."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    conversation = models.ForeignKey("chat.Conversation", models.CASCADE, related_name="offers")
    responder = models.ForeignKey(Responder, models.PROTECT, related_name="offers")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    at = models.DateTimeField(_("offered"))
    expires_at = models.DateTimeField(_("expires"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = (
            models.UniqueConstraint(fields=("conversation",), condition=Q(state="open"), name="offer_open_once"),
        )
        indexes = (
            models.Index(fields=("expires_at",), condition=Q(state="open"), name="offer_expires"),
            models.Index(fields=("responder", "state"), name="offer_responder"),
        )

    def __str__(self) -> str:
        return f"{self.conversation_id} → {self.responder_id}"
