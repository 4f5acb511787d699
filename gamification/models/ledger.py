"""The ledger: an append-only list of entries, and the balances that are its sums."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Currency(models.TextChoices):
    """Reputation is never spent and drives the level; credits buy rewards."""

    REPUTATION = "reputation", _("reputation")
    CREDITS = "credits", _("credits")


class Entry(models.Model):
    """One booking. The database refuses to change or delete it; a mistake is mended by a counter-entry.

    ``booked_on`` is the day of the original deed in the site's time zone: a reversal bears the day of what it
    reverses, so that the boards of that day come out exactly as before. What a deed still pays is the end of the chain
    grant, hold, release, …: the entry that nothing reverses. Every entry names a deed: what expires or is corrected
    names the deed that had earned it.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("earned")
        REVERSAL = "reversal", _("taken back")
        CORRECTION = "correction", _("corrected")
        SPEND = "spend", _("spent")
        REFUND = "refund", _("given back")
        EXPIRY = "expiry", _("expired")
        HOLD = "hold", _("held")
        RELEASE = "release", _("released")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ledger_entries")
    currency = models.CharField(_("currency"), max_length=12, choices=Currency)
    amount = models.IntegerField(_("amount"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.GRANT)
    rule_version = models.ForeignKey(
        "gamification.RuleVersion", models.PROTECT, null=True, blank=True, related_name="entries"
    )
    activity = models.ForeignKey("community.Activity", models.PROTECT, related_name="+", verbose_name=_("deed"))
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("takes back")
    )
    booked_on = models.DateField(_("day"))
    at = models.DateTimeField(_("booked"))

    class Meta:
        ordering = ("-id",)
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        constraints = (
            models.UniqueConstraint(
                fields=("rule_version", "activity", "member", "currency"),
                condition=Q(kind="grant"),
                name="entry_exactly_once",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="entry_not_zero"),
            models.CheckConstraint(
                condition=Q(kind__in=("reversal", "refund", "hold", "release"), reverses__isnull=False)
                | Q(kind__in=("grant", "spend", "expiry"), reverses__isnull=True)
                | Q(kind="correction"),
                name="entry_reversal_names_entry",
            ),
        )
        indexes = (models.Index("member", F("id").desc(), name="entry_member"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.amount:+d} {self.currency}"


class Balance(models.Model):
    """The sum of one member's entries in one currency, kept by increments in the entries' transaction."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="balances")
    currency = models.CharField(_("currency"), max_length=12, choices=Currency)
    value = models.BigIntegerField(_("balance"), default=0)

    class Meta:
        ordering = ("member_id", "currency")
        verbose_name = _("balance")
        verbose_name_plural = _("balances")
        constraints = (models.UniqueConstraint(fields=("member", "currency"), name="balance_unique"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.value} {self.currency}"


class Evaluation(models.Model):
    """The mark that an activity took effect: a second delivery of it finds the mark and does nothing."""

    activity = models.OneToOneField("community.Activity", models.PROTECT, primary_key=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("activity_id",)

    def __str__(self) -> str:
        return str(self.activity_id)
