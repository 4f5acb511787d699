"""What the shop's server sends, and what it is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community import words
from community.api.serializers.fields import Line
from community.models import Order, OrderLine, ShopCustomer

#: A shop's clock may be a little fast; a moment further ahead would outlive every later word.
AHEAD = timedelta(days=1)
#: Ten digits before the point are kept.
MOST = 10**10
FACTS, FACT_NAME, FACT_VALUE = 100, 60, 300
#: What shops call the same states.
STATUSES: Mapping[str, str] = {
    **{status: status for status in Order.Status.values},
    "pending": Order.Status.PLACED, "open": Order.Status.PLACED,
    "processing": Order.Status.PAID,
    "fulfilled": Order.Status.SHIPPED,
    "completed": Order.Status.DELIVERED, "complete": Order.Status.DELIVERED,
    "refunded": Order.Status.RETURNED,
    "canceled": Order.Status.CANCELLED,
}  # fmt: skip


class Moment(serializers.DateTimeField):
    """A time of the shop, not ahead of ours."""

    def to_internal_value(self, value: Any) -> datetime:
        moment: datetime = super().to_internal_value(value)
        if moment > timezone.now() + AHEAD:
            raise serializers.ValidationError(_("This lies in the future."), "future")
        return moment


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"oneOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]},
        "example": {"width_mm": 285, "boiler": "single"},
    }
)
class Facts(serializers.JSONField):
    """Names with a text, a number, or yes and no."""

    def to_internal_value(self, data: Any) -> dict[str, str | float | bool]:
        if not isinstance(data, dict) or len(data) > FACTS:
            raise serializers.ValidationError(_("Send an object of up to 100 names with values."), "facts")
        return {words.line(str(name)): self._value(str(name), value) for name, value in data.items()}

    def _value(self, name: str, value: Any) -> str | float | bool:
        if isinstance(value, str) and len(value) <= FACT_VALUE and 0 < len(words.line(name)) <= FACT_NAME:
            return words.line(value)
        if isinstance(value, bool | int | float) and abs(value) < 1e15 and len(name) <= FACT_NAME:
            return value
        raise serializers.ValidationError(_("A fact is a short text, a number, or true or false."), "facts")


class Currency(serializers.RegexField):
    """ISO 4217."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[A-Z]{3}$", **kwargs)


class ShopProductSerializer(serializers.Serializer[Any]):
    """A product as the shop sells it."""

    sku = Line(max_length=64, required=False, help_text="As in the address; needed where the request is signed.")
    name = Line(max_length=120)
    url = serializers.URLField(max_length=200, help_text="Its page in the shop.")
    image = serializers.URLField(
        max_length=300, required=False, allow_blank=True, help_text="At an address of the shop that the admin names."
    )
    price = serializers.DecimalField(12, 2, min_value=0, help_text="Tax included.")
    currency = Currency()
    facts = Facts(default=dict, help_text="What is true of it; products are filtered and explained by it.")
    active = serializers.BooleanField(default=True, help_text="Whether it is still on sale.")
    updated_at = Moment(required=False, help_text="The shop's time of this state. Without it: now.")


class ShopCustomerSerializer(serializers.Serializer[Any]):
    """A customer of the shop. Of the address only a digest is kept."""

    ref = Line(max_length=100, required=False, help_text="As in the address; needed where the request is signed.")
    email = serializers.EmailField(
        max_length=254, required=False, allow_null=True, allow_blank=True, help_text="Empty: there is none any more."
    )
    updated_at = Moment(required=False, help_text="The shop's time of this state. Without it: now.")


class ShopLineSerializer(serializers.Serializer[Any]):
    """One article of an order."""

    sku = Line(max_length=64)
    quantity = serializers.IntegerField(min_value=0, max_value=100_000)
    amount = serializers.DecimalField(12, 2, min_value=0, help_text="For all of them together, tax included.")


class ShopOrderSerializer(serializers.Serializer[Any]):
    """An order in one of its states. Send it again whenever the state changes."""

    order = Line(max_length=100, help_text="Its number.")
    customer = Line(max_length=100, help_text="The customer's `ref`.")
    email = serializers.EmailField(max_length=254, required=False, allow_blank=True, default="")
    placed_at = Moment()
    updated_at = Moment(required=False, help_text="The shop's time of this state. Without it: `placed_at`.")
    status = serializers.ChoiceField(
        choices=tuple(STATUSES), help_text="Other words that shops use are taken for one of the first six."
    )
    currency = Currency()
    lines = ShopLineSerializer(many=True, max_length=500)  # type: ignore[call-arg] # with many, it is the list's
    conversation = Line(
        max_length=200, required=False, allow_blank=True, default="", help_text="The token of the talk that led to it."
    )

    def validate_status(self, value: str) -> str:
        return STATUSES[value]

    def validate_lines(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Lines of one SKU are added up, so the sum must fit where one of them does."""
        if sum(line["amount"] for line in lines) >= MOST:
            raise serializers.ValidationError(_("No order is worth that much."), "max_value")
        return lines


class ShopCustomerKnownSerializer(serializers.ModelSerializer[ShopCustomer]):
    """The customer as it is kept."""

    linked = serializers.SerializerMethodField(help_text="Whether a member has verified the address.")

    class Meta:
        model = ShopCustomer
        fields = ("ref", "linked")
        read_only_fields = fields

    def get_linked(self, customer: ShopCustomer) -> bool:
        return customer.member_id is not None


class ShopLineKnownSerializer(serializers.ModelSerializer[OrderLine]):
    """A line; its product is unknown until it is put."""

    product = serializers.SerializerMethodField()

    class Meta:
        model = OrderLine
        fields = ("sku", "product", "quantity", "amount")
        read_only_fields = fields

    @extend_schema_field({"type": "string", "nullable": True})
    def get_product(self, line: OrderLine) -> str | None:
        return line.product.slug if line.product else None


class ShopOrderKnownSerializer(serializers.ModelSerializer[Order]):
    """The newest state that is known, which a late word does not change."""

    order = serializers.CharField(source="number", read_only=True)
    customer = ShopCustomerKnownSerializer(read_only=True)
    lines = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields = ("order", "customer", "placed_at", "updated_at", "status", "currency", "lines")
        read_only_fields = fields

    @extend_schema_field(ShopLineKnownSerializer(many=True))
    def get_lines(self, order: Order) -> Any:
        return ShopLineKnownSerializer(order.lines.select_related("product").order_by("sku"), many=True).data
