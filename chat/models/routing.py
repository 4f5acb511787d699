"""Who helps: the brand's rules, what each of them decided and why, and the way back for somebody who left."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chat.models.help import Target


class RoutingRule(models.Model):
    """One line of the routing: where a question goes whose situation meets ``conditions``.

    ``conditions`` is what ``chat.conditions`` reads; an empty one is met by everybody. Rules are asked in the order of
    ``position``; the first that is met decides. ``hold_out`` is how many of a hundred begin with the bot instead of a
    person, so that the difference a person makes can be measured. A rule that is not in force is a draft.
    """

    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=10)
    is_active = models.BooleanField(_("in force"), default=False)
    conditions = models.JSONField(_("conditions"), default=dict, blank=True)
    target = models.CharField(_("leads to"), max_length=12, choices=Target, default=Target.AMBASSADORS)
    fallbacks = models.JSONField(_("then"), default=list, blank=True)
    hold_out = models.PositiveSmallIntegerField(_("hold-out in %"), default=0, validators=[MaxValueValidator(50)])
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        constraints = (models.CheckConstraint(condition=Q(hold_out__lte=50), name="routing_rule_hold_out"),)

    def __str__(self) -> str:
        return self.name


class RoutingDecision(models.Model):
    """One decision of the routing as it was taken, with everything that it was taken from. Never changed afterwards.

    ``situation`` is what was known, ``tried`` the rules in their order and why each was met or not, ``candidates`` the
    people of the target with their scores. ``rule`` is the one that decided, as it was called then.
    """

    class Cause(models.TextChoices):
        ASKED = "asked", _("Help was asked for")
        PERSON = "person", _("A person was asked for")
        SERVED = "served", _("It was the next in line")

    class Outcome(models.TextChoices):
        BOT = "bot", _("The bot answers")
        OFFERED = "offered", _("Offered to a person")
        QUEUED = "queued", _("Waits")
        MESSAGE = "message", _("Left a message")

    help = models.ForeignKey("chat.HelpRequest", models.CASCADE, related_name="decisions")
    at = models.DateTimeField(_("decided"))
    cause = models.CharField(_("because"), max_length=8, choices=Cause)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    situation = models.JSONField(_("situation"), default=dict)
    tried = models.JSONField(_("rules tried"), default=list)
    candidates = models.JSONField(_("candidates"), default=list)
    rule = models.ForeignKey(
        RoutingRule, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name=_("rule")
    )
    target = models.CharField(_("target"), max_length=12, choices=Target)
    responder = models.ForeignKey(
        "chat.Responder", models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("adviser")
    )
    held_out = models.BooleanField(_("in the hold-out"), default=False)
    milliseconds = models.FloatField(_("milliseconds"), default=0)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("routing decision")
        verbose_name_plural = _("routing decisions")
        indexes = (
            models.Index("help", F("at").desc(), F("id").desc(), name="routing_decision_help"),
            models.Index("cause", F("at").desc(), F("id").desc(), name="routing_decision_cause"),
        )

    def __str__(self) -> str:
        return f"{self.help_id}: {self.outcome}"


class Visit(models.Model):
    """Where somebody was in the shop, told by the shop's page with their consent; nothing else is recorded.

    ``situation`` is what a rule would have been asked about.
    """

    widget = models.ForeignKey("chat.Widget", models.CASCADE, related_name="visited", verbose_name=_("widget"))
    visitor = models.ForeignKey("chat.Visitor", models.CASCADE, null=True, blank=True, related_name="visited")
    situation = models.JSONField(_("situation"), default=dict)
    at = models.DateTimeField(_("visited"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = (models.Index(F("at").desc(), F("id").desc(), name="visit_newest"),)

    def __str__(self) -> str:
        return f"{self.widget_id}: {self.at:%Y-%m-%d %H:%M}"


class MagicLink(models.Model):
    """The way back into a conversation from an e-mail, on whatever device it is read. Only a digest is kept.

    ``seq`` is the message that it was sent about: one link for what was new then.
    """

    help = models.ForeignKey("chat.HelpRequest", models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("way back")
        verbose_name_plural = _("ways back")
        constraints = (models.UniqueConstraint(fields=("help", "seq"), name="magic_link_once"),)

    def __str__(self) -> str:
        return f"{self.help_id}: {self.at:%Y-%m-%d}"
