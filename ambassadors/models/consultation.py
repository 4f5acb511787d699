"""Consultations: talks with an ambassador that are over, and what they are worth."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gamification.money import MoneyField


class Consultation(models.Model):
    """A talk that ended with an ambassador as its helper; there is one for each conversation.

    ``why`` says what it lacks where it is not paid. ``helper_messages`` and ``visitor_replies`` are what was counted,
    and stay when the words of the talk are gone. ``tier`` (its name in each language) and ``fee`` are those of the
    moment at which the talk ended: no later tier and no rating changes them.
    """

    class State(models.TextChoices):
        CLOSED = "closed", _("Being looked at")
        PAYABLE = "payable", _("Counts")
        NOT_QUALIFIED = "not_qualified", _("Does not count")
        DISPUTED = "disputed", _("In dispute")
        SETTLED = "settled", _("On a statement")

    class Why(models.TextChoices):
        NOTHING = "", _("It counts")
        OWN = "own", _("You were the one who asked")
        ORDER = "order", _("An order or invoice matter belongs to the team")
        SPAM = "spam", _("The talk was spam")
        FEW_MESSAGES = "few_messages", _("Fewer than two messages of yours")
        NO_REPLY = "no_reply", _("No reply after you had joined")
        DECIDED = "decided", _("Decided after a dispute")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="consultations", verbose_name=_("ambassador")
    )
    conversation = models.OneToOneField(
        "chat.Conversation", models.PROTECT, related_name="consultation", verbose_name=_("talk")
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.CLOSED)
    why = models.CharField(_("why not"), max_length=12, choices=Why, default=Why.NOTHING, blank=True)
    helper_messages = models.PositiveIntegerField(_("messages of the ambassador"))
    visitor_replies = models.PositiveIntegerField(_("replies of the visitor"))
    tier = models.JSONField(_("tier"), default=dict)
    fee = MoneyField(_("fee"))
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    closed_at = models.DateTimeField(_("ended"))

    class Meta:
        ordering = ("-closed_at", "-id")
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        indexes = (
            models.Index("member", F("closed_at").desc(), F("id").desc(), name="consultation_latest"),
            models.Index("state", F("closed_at").desc(), F("id").desc(), name="consultation_state"),
        )
        constraints = (models.CheckConstraint(condition=Q(fee__gte=0), name="consultation_fee_not_negative"),)

    def __str__(self) -> str:
        return f"{self.member}: {self.get_state_display()}"
