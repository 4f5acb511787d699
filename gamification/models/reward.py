"""Rewards: what credits buy, and who bought what."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gamification.money import CENT, MoneyField


class Reward(models.Model):
    """Something in the catalogue. ``taken`` counts the redemptions that stand, kept in their transaction."""

    class Kind(models.TextChoices):
        COUPON = "coupon", _("a code for the shop")
        PARCEL = "parcel", _("something that is sent")
        ACCESS = "access", _("something else that a manager arranges")

    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=200, blank=True)
    picture = models.CharField(
        _("picture"), max_length=300, blank=True, help_text=_("A path under the static files, or an address.")
    )
    headline = models.CharField(
        _("in place of a picture"), max_length=12, blank=True, help_text=_("A few large signs, as in: 10 %")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.COUPON)
    pool = models.ForeignKey(
        "gamification.CouponPool",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rewards",
        verbose_name=_("pool of codes"),
        help_text=_("Each redemption takes a code from here."),
    )
    budget = models.ForeignKey(
        "gamification.Budget",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rewards",
        verbose_name=_("budget"),
        help_text=_("What each one costs the brand is taken from here. A code's cost is its pool's."),
    )
    worth = MoneyField(_("cost in money"), null=True, blank=True, validators=[MinValueValidator(CENT)])
    price = models.PositiveIntegerField(_("price in credits"), validators=[MinValueValidator(1)])
    stock = models.PositiveIntegerField(
        _("how many there are"), null=True, blank=True, help_text=_("Empty: without an end.")
    )
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)
    per_member = models.PositiveSmallIntegerField(
        _("most for each member"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: as often as the credits last."),
    )
    min_level = models.PositiveSmallIntegerField(_("open from level"), default=0)
    is_active = models.BooleanField(_("in the catalogue"), default=True)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ("price", "id")
        verbose_name = _("reward")
        verbose_name_plural = _("rewards")
        constraints = (
            models.CheckConstraint(condition=Q(price__gt=0), name="reward_costs_something"),
            models.CheckConstraint(
                condition=Q(stock__isnull=True) | Q(taken__lte=F("stock")), name="reward_not_oversold"
            ),
            models.CheckConstraint(
                condition=Q(kind="coupon", pool__isnull=False) | (~Q(kind="coupon") & Q(pool__isnull=True)),
                name="reward_code_from_pool",
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True, worth__isnull=True)
                | Q(budget__isnull=False, worth__gt=0) & ~Q(kind="coupon"),
                name="reward_cost_has_budget",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(starts_at__lt=F("ends_at")),
                name="reward_window",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> int | None:
        """How many are left, ``None`` without an end."""
        return None if self.stock is None else self.stock - self.taken


class Redemption(models.Model):
    """A reward that a member bought. ``entry`` is what was paid; a refund books the counter-entry.

    ``address`` is where to send it, encrypted, and goes when the redemption is fulfilled or refunded.
    ``note`` is what the manager tells the member with it, such as a place, a date or a number to follow a parcel by.
    """

    class State(models.TextChoices):
        OPEN = "open", _("being prepared")
        FULFILLED = "fulfilled", _("done")
        REFUNDED = "refunded", _("refunded")

    reward = models.ForeignKey(Reward, models.PROTECT, related_name="redemptions", verbose_name=_("reward"))
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="redemptions", verbose_name=_("member")
    )
    entry = models.OneToOneField("gamification.Entry", models.PROTECT, related_name="redemption")
    coupon = models.OneToOneField(
        "gamification.Coupon", models.PROTECT, null=True, blank=True, related_name="redemption", verbose_name=_("code")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    price = models.PositiveIntegerField(_("paid"))
    address = models.TextField(blank=True, default="", editable=False)
    note = models.CharField(_("told with it"), max_length=300, blank=True, default="")
    at = models.DateTimeField(_("redeemed"))
    fulfilled_at = models.DateTimeField(_("done"), null=True, blank=True)
    fulfilled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )
    refunded_at = models.DateTimeField(_("refunded"), null=True, blank=True)
    refunded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("refunded by")
    )
    refund_reason = models.CharField(_("why it was refunded"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ("-id",)
        verbose_name = _("redemption")
        verbose_name_plural = _("redemptions")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="refunded", refunded_at__isnull=False) & ~Q(refund_reason="")
                | ~Q(state="refunded") & Q(refunded_at__isnull=True),
                name="redemption_refund_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="fulfilled") | Q(fulfilled_at__isnull=False), name="redemption_done_has_time"
            ),
        )
        indexes = (
            models.Index("member", F("id").desc(), name="redemption_member"),
            models.Index("state", F("id").desc(), name="redemption_state"),
        )

    def __str__(self) -> str:
        return f"{self.reward} · {self.member}"
