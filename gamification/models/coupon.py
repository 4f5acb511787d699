"""Coupons: pools of codes on the same terms, the codes, and each use that the shop made of one."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gamification import coupon_states as states
from gamification.money import CENT, MoneyField


class CouponPool(models.Model):
    """Codes on the same terms. ``amount`` is what a code takes off, or the most that its ``percent`` may take off.

    The budget promises the full ``amount`` for each use of an assigned code, so it can never be overdrawn at the till.
    """

    name = models.CharField(_("name"), max_length=80, help_text=_("As in: 5 € off your next order."))
    budget = models.ForeignKey("gamification.Budget", models.PROTECT, related_name="pools", verbose_name=_("budget"))
    percent = models.DecimalField(
        _("percent off"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(CENT), MaxValueValidator(100)],
        help_text=_("Empty: the amount is taken off."),
    )
    amount = MoneyField(
        _("amount off"),
        validators=[MinValueValidator(CENT)],
        help_text=_("With a percentage: the most that it takes off."),
    )
    minimum = MoneyField(_("from a basket of"), default=0, validators=[MinValueValidator(0)])
    products = models.ManyToManyField(
        "community.Product",
        related_name="+",
        blank=True,
        verbose_name=_("only for"),
        help_text=_("Empty: for everything in the shop."),
    )
    uses = models.PositiveIntegerField(
        _("uses of a code"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("More than one: a code that its holder may share."),
    )
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)
    valid_days = models.PositiveSmallIntegerField(
        _("days valid"), null=True, blank=True, help_text=_("Counted from the day on which a member got the code.")
    )
    hold_minutes = models.PositiveSmallIntegerField(
        _("minutes reserved"),
        default=30,
        validators=[MinValueValidator(1)],
        help_text=_("So long a basket in the shop keeps a code to itself."),
    )
    created_at = models.DateTimeField(_("created"))

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("pool of coupons")
        verbose_name_plural = _("pools of coupons")
        constraints = (
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gt=0, percent__lte=100), name="coupon_pool_percent"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0, minimum__gte=0, uses__gt=0), name="coupon_pool_terms"),
        )

    def __str__(self) -> str:
        return self.name


class Coupon(models.Model):
    """A code. It is stored encrypted and found by ``digest``; ``held`` and ``redeemed`` are its uses taken now."""

    class State(models.TextChoices):
        GENERATED = states.GENERATED, _("in stock")
        ASSIGNED = states.ASSIGNED, _("ready to use")
        RESERVED = states.RESERVED, _("in a basket")
        REDEEMED = states.REDEEMED, _("redeemed")
        REFUNDED = states.REFUNDED, _("given back")
        EXPIRED = states.EXPIRED, _("expired")
        REVOKED = states.REVOKED, _("revoked")

    pool = models.ForeignKey(CouponPool, models.PROTECT, related_name="coupons", verbose_name=_("pool"))
    sealed = models.TextField(editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    last4 = models.CharField(_("ends with"), max_length=4, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.GENERATED)
    uses = models.PositiveIntegerField(_("uses"), default=1)
    held = models.PositiveIntegerField(_("in baskets"), default=0)
    redeemed = models.PositiveIntegerField(_("redeemed"), default=0)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="coupons",
        verbose_name=_("member"),
    )
    activity = models.ForeignKey(
        "community.Activity", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deed")
    )
    created_at = models.DateTimeField(_("created"))
    assigned_at = models.DateTimeField(_("assigned"), null=True, blank=True)
    expires_at = models.DateTimeField(_("valid until"), null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("coupon")
        verbose_name_plural = _("coupons")
        constraints = (
            models.CheckConstraint(condition=Q(uses__gte=F("held") + F("redeemed")), name="coupon_within_uses"),
            models.CheckConstraint(
                condition=Q(state="generated", member=None, assigned_at=None)
                | Q(state__in=("expired", "revoked"))
                | Q(state__in=("assigned", "reserved", "redeemed", "refunded"), member__isnull=False),
                name="coupon_has_holder",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("generated", "expired", "revoked")) | Q(held=0),
                name="coupon_held_in_use",
            ),
            models.UniqueConstraint(
                fields=("pool", "activity", "member"), condition=Q(activity__isnull=False), name="coupon_once_per_deed"
            ),
        )
        indexes = (
            models.Index("member", F("id").desc(), name="coupon_member"),
            models.Index("pool", "state", "id", name="coupon_stock"),
            models.Index("expires_at", condition=Q(state__in=("assigned", "refunded")), name="coupon_expiring"),
        )

    def __str__(self) -> str:
        return f"…{self.last4}"


class CouponUse(models.Model):
    """One use of a coupon by the shop: reserved for a basket, redeemed by an order, released or given back.

    ``token`` is what the shop calls it; ``discount`` is what it takes off in the budget's currency.
    """

    class State(models.TextChoices):
        RESERVED = "reserved", _("reserved")
        REDEEMED = "redeemed", _("redeemed")
        RELEASED = "released", _("released")
        LAPSED = "lapsed", _("lapsed")
        REFUNDED = "refunded", _("given back")

    coupon = models.ForeignKey(Coupon, models.PROTECT, related_name="taken", verbose_name=_("coupon"))
    token = models.CharField(_("number"), max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State)
    basket = models.CharField(_("basket"), max_length=64, blank=True)
    order = models.CharField(_("order"), max_length=64, blank=True)
    amount = MoneyField(_("value of the basket"))
    discount = MoneyField(_("taken off"))
    reserved_at = models.DateTimeField(_("reserved"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)
    redeemed_at = models.DateTimeField(_("redeemed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("use of a coupon")
        verbose_name_plural = _("uses of coupons")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="reserved") | Q(expires_at__isnull=False, redeemed_at=None, ended_at=None),
                name="coupon_use_reserved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("redeemed", "refunded")) | Q(redeemed_at__isnull=False),
                name="coupon_use_redeemed",
            ),
            models.UniqueConstraint(
                fields=("coupon", "basket"), condition=Q(state="reserved"), name="coupon_use_one_per_basket"
            ),
        )
        indexes = (
            models.Index("coupon", F("id").desc(), name="coupon_use_latest"),
            models.Index("expires_at", condition=Q(state="reserved"), name="coupon_use_lapsing"),
        )

    def __str__(self) -> str:
        return self.token
