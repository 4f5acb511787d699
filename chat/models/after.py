"""After the talk, and beside it: what the bot did, how it was rated, which order followed, what the shop sent."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class BotTalk(models.Model):
    """What the bot did in one request for help.

    ``answered_seq`` is the last message that it has looked at, so that each is answered once. ``found`` counts the
    answers that it had something to cite for. ``helped`` is what the asker said of it, if anything.
    ``handed_over_at`` is when a person was asked for; from then on it is silent.
    """

    help = models.OneToOneField("chat.HelpRequest", models.CASCADE, related_name="bot_talk")
    began_at = models.DateTimeField(_("begun"))
    answered_seq = models.PositiveBigIntegerField(default=0, editable=False)
    turns = models.PositiveSmallIntegerField(_("questions"), default=0)
    found = models.PositiveSmallIntegerField(_("answered"), default=0)
    helped = models.BooleanField(_("helped"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("handed over"), null=True, blank=True)

    class Meta:
        ordering = ("-began_at", "-id")
        verbose_name = _("talk with the bot")
        verbose_name_plural = _("talks with the bot")
        indexes = (models.Index(F("began_at").desc(), F("id").desc(), name="bot_talk_newest"),)

    def __str__(self) -> str:
        return f"{self.help_id}: {self.found}/{self.turns}"


class Rating(models.Model):
    """What the asker says of a talk with a person, once: 1 to 5 and some words.

    ``text`` is for the brand; ``word`` is for the ambassador who helped, kept without what tells who said it.
    With ``shop_at_fault`` the trouble was the shop's; then, and where the question was about an order, it does not
    count for the person (``counts``).
    """

    help = models.OneToOneField("chat.HelpRequest", models.CASCADE, related_name="rating")
    responder = models.ForeignKey("chat.Responder", models.PROTECT, related_name="ratings", verbose_name=_("adviser"))
    stars = models.PositiveSmallIntegerField(_("stars"))
    text = models.CharField(_("words"), max_length=1_000, blank=True)
    word = models.CharField(_("word to the person"), max_length=300, blank=True)
    shop_at_fault = models.BooleanField(_("the shop's fault"), default=False)
    counts = models.BooleanField(_("counts for the person"), default=True)
    at = models.DateTimeField(_("rated"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("rating of a talk")
        verbose_name_plural = _("ratings of talks")
        indexes = (
            models.Index("responder", F("at").desc(), F("id").desc(), name="rating_responder"),
            models.Index(F("at").desc(), F("id").desc(), condition=Q(stars__lte=2), name="rating_low"),
        )
        constraints = (models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="rating_one_to_five"),)

    def __str__(self) -> str:
        return f"{self.help_id}: {self.stars}"


class OrderCredit(models.Model):
    """That an order came within two days of a request for help: to the last person who advised, or to nobody.

    Requests of the hold-out have one as well: they are what the others are compared with.
    """

    order = models.OneToOneField("community.Order", models.CASCADE, related_name="chat_credit")
    help = models.ForeignKey("chat.HelpRequest", models.PROTECT, related_name="credits")
    responder = models.ForeignKey(
        "chat.Responder", models.PROTECT, null=True, blank=True, related_name="credits", verbose_name=_("adviser")
    )
    held_out = models.BooleanField(_("in the hold-out"), default=False)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    at = models.DateTimeField(_("ordered"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("order after a talk")
        verbose_name_plural = _("orders after a talk")
        indexes = (models.Index("responder", F("at").desc(), F("id").desc(), name="order_credit_responder"),)

    def __str__(self) -> str:
        return f"{self.order_id} ← {self.help_id}"


class ShopMessage(models.Model):
    """A card that the shop's server sends to one of its customers: an order, an invoice, a parcel.

    It waits until somebody has verified the customer's address, and is then shown to them alone. ``reference`` is the
    shop's own name for it: told twice, it is shown once.
    """

    class Kind(models.TextChoices):
        ORDER = "order", _("Order")
        INVOICE = "invoice", _("Invoice")
        PARCEL = "parcel", _("Parcel")

    customer = models.ForeignKey("community.ShopCustomer", models.CASCADE, related_name="chat_messages")
    reference = models.CharField(_("reference"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    order = models.CharField(_("order"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=120)
    text = models.CharField(_("text"), max_length=500, blank=True)
    url = models.URLField(_("address in the shop"), max_length=500, blank=True)
    at = models.DateTimeField(_("sent"))
    message = models.OneToOneField(
        "chat.Message", models.SET_NULL, null=True, blank=True, related_name="shop_message", verbose_name=_("message")
    )
    shown_at = models.DateTimeField(_("shown"), null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("card of the shop")
        verbose_name_plural = _("cards of the shop")
        indexes = (models.Index(fields=("customer", "id"), condition=Q(shown_at=None), name="shop_message_waits"),)

    def __str__(self) -> str:
        return self.reference


class Publication(models.Model):
    """A talk on its way to become a public question with its answer: both people agree to the very words.

    ``question`` and ``answer`` were freed of personal data and may still be edited by the helper until the asker
    agrees; ``thread`` is what became of it.
    """

    help = models.OneToOneField("chat.HelpRequest", models.CASCADE, related_name="publication")
    title = models.CharField(_("title"), max_length=160)
    question = models.TextField(_("question"))
    answer = models.TextField(_("answer"))
    proposed_at = models.DateTimeField(_("proposed"))
    answered_at = models.DateTimeField(_("asker answered"), null=True, blank=True)
    agreed = models.BooleanField(_("asker agreed"), default=False)
    thread = models.OneToOneField(
        "community.Thread", models.SET_NULL, null=True, blank=True, related_name="from_talk", verbose_name=_("thread")
    )

    class Meta:
        ordering = ("-proposed_at", "-id")
        verbose_name = _("talk to be published")
        verbose_name_plural = _("talks to be published")
        constraints = (
            models.CheckConstraint(
                condition=Q(thread=None) | Q(agreed=True, answered_at__isnull=False), name="publication_needs_consent"
            ),
        )

    def __str__(self) -> str:
        return self.title
