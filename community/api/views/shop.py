"""What the shop's server puts: products, customers and orders."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response

from community import limits
from community.api.base import ApiView
from community.api.idempotency import idempotent
from community.api.keys import MayPut, ShopKey, ShopSignature, is_signed
from community.api.people import api_key_of
from community.api.schema import SHOP, operation
from community.api.serializers.catalogue import ProductSerializer
from community.api.serializers.shop import (
    ShopCustomerKnownSerializer,
    ShopCustomerSerializer,
    ShopOrderKnownSerializer,
    ShopOrderSerializer,
    ShopProductSerializer,
)
from community.models import ApiKey
from community.services import orders, products, shop_customers

LATE = "Late, repeated and reordered requests end in the same state: the newest `updated_at` counts."


class ShopView(ApiView):
    """For the shop's server only; ``scope`` is what its key must be allowed."""

    authentication_classes = (ShopKey, ShopSignature)
    permission_classes = (MayPut,)
    scope: ApiKey.Scope


class ShopProduct(ShopView):
    """One product of the shop."""

    scope = ApiKey.Scope.PRODUCTS

    @operation(
        "shop_products_update",
        "Put a product",
        {200: ProductSerializer},
        limit=limits.SHOP,
        request=ShopProductSerializer,
        refuses=SHOP,
        description=f"For a key that may do `{scope}`. Makes it or replaces it. {LATE} "
        "Orders that came before are linked.",
    )
    def put(self, request: Request, sku: str) -> Response:
        now = timezone.now()
        limits.spend(limits.SHOP, member=api_key_of(request), at=now)
        said = _said(ShopProductSerializer, request, sku=sku)
        product = products.receive(
            told=products.Told(
                sku=said["sku"],
                name=said["name"],
                url=said["url"],
                picture=said.get("image", ""),
                price=said["price"],
                currency=said["currency"],
                facts=said["facts"],
                active=said["active"],
                told_at=said.get("updated_at", now),
            )
        )
        return Response(ProductSerializer(product, context={"request": request}).data)


class ShopCustomer(ShopView):
    """One customer of the shop."""

    scope = ApiKey.Scope.CUSTOMERS

    @operation(
        "shop_customers_update",
        "Put a customer",
        {200: ShopCustomerKnownSerializer},
        limit=limits.SHOP,
        request=ShopCustomerSerializer,
        refuses=SHOP,
        description=f"For a key that may do `{scope}`. {LATE} Links the member who has verified the address, now or "
        "later.",
    )
    def put(self, request: Request, ref: str) -> Response:
        now = timezone.now()
        limits.spend(limits.SHOP, member=api_key_of(request), at=now)
        said = _said(ShopCustomerSerializer, request, ref=ref)
        customer = shop_customers.receive(
            ref=said["ref"], email=said.get("email"), told_at=said.get("updated_at", now), at=now
        )
        return Response(ShopCustomerKnownSerializer(customer).data)


class ShopOrders(ShopView):
    """The shop's orders."""

    scope = ApiKey.Scope.ORDERS

    @operation(
        "shop_orders_create",
        "Post an order",
        {201: ShopOrderKnownSerializer},
        limit=limits.SHOP,
        idempotent=True,
        request=ShopOrderSerializer,
        refuses=SHOP,
        description=f"For a key that may do `{scope}`. Post it again with each new state. {LATE} Who paid, and has "
        "neither returned nor cancelled, owns what was ordered. Unknown customers and SKUs are kept and linked when "
        "they are put.",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        now = timezone.now()
        limits.spend(limits.SHOP, member=api_key_of(request), at=now)
        body = ShopOrderSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        told = orders.Told(
            number=said["order"],
            customer=said["customer"],
            email=said["email"],
            placed_at=said["placed_at"],
            updated_at=said.get("updated_at", said["placed_at"]),
            status=said["status"],
            currency=said["currency"],
            lines=tuple(orders.Line(**line) for line in said["lines"]),
            conversation=said["conversation"],
        )
        return Response(ShopOrderKnownSerializer(orders.receive(told=told, at=now)).data, status=201)


def _said(serializer: type[serializers.Serializer[Any]], request: Request, **address: str) -> dict[str, Any]:
    """Check the body together with what the address says; a signature covers the body alone, so it says it again."""
    (name, value), *_rest = address.items()
    data = request.data if isinstance(request.data, dict) else {}
    if data.get(name, None if is_signed(request) else value) != value:
        message = _("The body names another one than the address. A signed body must name it.")
        raise serializers.ValidationError({name: [ErrorDetail(str(message), "mismatch")]})
    body = serializer(data={**data, **address})
    body.is_valid(raise_exception=True)
    said: dict[str, Any] = body.validated_data
    return said
