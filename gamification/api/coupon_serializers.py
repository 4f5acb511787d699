"""Coupons as the shop sends and reads them, and as their holder does."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.api.serializers.fields import Line
from community.api.serializers.shop import Currency, ShopLineSerializer
from gamification import discounts
from gamification.models import Coupon, CouponUse
from gamification.queries import coupons as reading
from gamification.services import coupons

LINES = "Its articles. Needed for a code that is for some of them only; others do not look at it."


class CodeField(Line):
    """A code in any spelling: gaps, hyphens and the case of letters do not matter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, help_text="As the customer typed it.", **kwargs)


class BasketSerializer(serializers.Serializer[Any]):
    """What a basket is worth."""

    amount = serializers.DecimalField(12, 2, min_value=0, help_text="Of the whole basket, tax included.")
    currency = Currency()
    lines = ShopLineSerializer(many=True, max_length=500, required=False, help_text=LINES)  # type: ignore[call-arg] # with many, it is the list's


def basket_of(said: dict[str, Any]) -> discounts.Basket:
    """The basket that checked data tell of."""
    lines = said.get("lines")
    found = None if lines is None else [discounts.Line(line["sku"], line["amount"]) for line in lines]
    return discounts.Basket(said["amount"], said["currency"], found)


class CheckSerializer(BasketSerializer):
    """A code, and the basket that it is for, if there is one already."""

    code = CodeField()
    amount = serializers.DecimalField(12, 2, min_value=0, required=False)
    currency = Currency(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("amount" in attrs) != ("currency" in attrs):
            raise serializers.ValidationError(_("Send the amount together with its currency."), "amount_and_currency")
        return attrs


class ReserveSerializer(BasketSerializer):
    """A code for a basket."""

    code = CodeField()
    basket = Line(max_length=64, help_text="Your number of the basket; for the same one it is the same reservation.")


class RedeemSerializer(BasketSerializer):
    """A code or a reservation for an order."""

    code = CodeField(required=False)
    reservation = Line(max_length=40, required=False)
    basket = Line(max_length=64, required=False, help_text="With `code`: redeem what this basket has reserved.")
    order = Line(max_length=64, help_text="Your number of the order.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("code" in attrs) == ("reservation" in attrs):
            raise serializers.ValidationError(_("Send either the code or the reservation."), "code_or_reservation")
        return attrs


class ReleaseSerializer(serializers.Serializer[Any]):
    """A reservation to give up."""

    reservation = Line(max_length=40)


class RefundSerializer(serializers.Serializer[Any]):
    """A redemption to take back."""

    redemption = Line(max_length=40)


class CheckedSerializer(serializers.Serializer[Any]):
    """What a usable code is worth."""

    name = serializers.CharField(source="coupon.pool.name")
    discount = serializers.DecimalField(12, 2, allow_null=True, help_text="Off this basket; null without one.")
    currency = serializers.CharField(source="coupon.pool.budget.currency")
    percent = serializers.DecimalField(5, 2, source="coupon.pool.percent", allow_null=True)
    amount = serializers.DecimalField(
        12, 2, source="coupon.pool.amount", help_text="What it takes off; with a percentage, the most."
    )
    minimum = serializers.DecimalField(12, 2, source="coupon.pool.minimum")
    uses_left = serializers.SerializerMethodField()
    expires_at = serializers.DateTimeField(source="coupon.expires_at", allow_null=True)

    def get_uses_left(self, checked: Any) -> int:
        left: int = checked.coupon.uses - checked.coupon.held - checked.coupon.redeemed
        return left


class UseSerializer(serializers.ModelSerializer[CouponUse]):
    """What one use of a code takes off."""

    discount = serializers.DecimalField(12, 2, read_only=True)
    currency = serializers.CharField(source="coupon.pool.budget.currency", read_only=True)

    class Meta:
        model = CouponUse
        fields: tuple[str, ...] = ("discount", "currency", "state")
        read_only_fields: tuple[str, ...] = ("state",)


class ReservationSerializer(UseSerializer):
    """A code kept for a basket."""

    reservation = serializers.CharField(source="token", read_only=True)

    class Meta(UseSerializer.Meta):
        fields = ("reservation", "basket", *UseSerializer.Meta.fields, "expires_at")
        read_only_fields = ("basket", "state", "expires_at")


class RedemptionSerializer(UseSerializer):
    """A code redeemed with an order."""

    redemption = serializers.CharField(source="token", read_only=True)

    class Meta(UseSerializer.Meta):
        fields = ("redemption", "order", *UseSerializer.Meta.fields, "redeemed_at")
        read_only_fields = ("order", "state", "redeemed_at")


class CouponSerializer(serializers.ModelSerializer[Coupon]):
    """A coupon of one's own, with its code."""

    name = serializers.CharField(source="pool.name", read_only=True)
    code = serializers.SerializerMethodField()
    state = serializers.SerializerMethodField()
    percent = serializers.DecimalField(5, 2, source="pool.percent", read_only=True, allow_null=True)
    amount = serializers.DecimalField(
        12, 2, source="pool.amount", read_only=True, help_text="What it takes off; with a percentage, the most."
    )
    minimum = serializers.DecimalField(12, 2, source="pool.minimum", read_only=True)
    currency = serializers.CharField(source="pool.budget.currency", read_only=True)
    uses_left = serializers.SerializerMethodField()
    products = serializers.SerializerMethodField(help_text="Slugs; empty: for everything in the shop.")

    class Meta:
        model = Coupon
        fields = (
            "id", "name", "code", "state", "percent", "amount", "minimum", "currency", "products", "uses", "uses_left",
            "assigned_at", "expires_at",
        )  # fmt: skip
        read_only_fields = ("uses", "assigned_at", "expires_at")

    def get_code(self, coupon: Coupon) -> str:
        return coupons.code_of(coupon)

    @extend_schema_field(serializers.ChoiceField(choices=Coupon.State.choices))
    def get_state(self, coupon: Coupon) -> str:
        return reading.state_at(coupon, timezone.now())

    def get_uses_left(self, coupon: Coupon) -> int:
        return coupon.uses - coupon.held - coupon.redeemed

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_products(self, coupon: Coupon) -> list[str]:
        return [product.slug for product in coupon.pool.products.all()]
