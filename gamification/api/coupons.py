"""Coupons: one's own, and what the shop's server does with a code."""

from __future__ import annotations

from typing import Any, TypeVar

from django.utils import timezone
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community import limits
from community.api.base import ApiView
from community.api.idempotency import idempotent
from community.api.pagination import KeysetPagination, PageQuery, paged
from community.api.people import api_key_of, member_of
from community.api.schema import SHOP, operation
from community.api.views.shop import ShopView
from community.keyset import BadCursor
from community.models import ApiKey
from gamification.api.coupon_serializers import (
    CheckedSerializer,
    CheckSerializer,
    CouponSerializer,
    RedeemSerializer,
    RedemptionSerializer,
    RefundSerializer,
    ReleaseSerializer,
    ReservationSerializer,
    ReserveSerializer,
    basket_of,
)
from gamification.queries import coupons as reading
from gamification.services import coupon_uses
from gamification.services.budgets import BudgetUsedUp
from gamification.services.coupon_refusals import (
    ArticlesDiffer,
    BasketTooSmall,
    CouponExpired,
    CouponReserved,
    CouponRevoked,
    CouponUnknown,
    CouponUsed,
    CurrencyDiffers,
    LinesMissing,
    RedemptionUnknown,
    ReservationOver,
    ReservationUnknown,
)

USE = (CouponUnknown, CouponExpired, CouponRevoked, CouponUsed, CouponReserved)
TERMS = (CurrencyDiffers, BasketTooSmall, LinesMissing, ArticlesDiffer)
FOR = "For a key that may do `coupons`."
S = TypeVar("S", bound=serializers.Serializer[Any])


class Coupons(ApiView):
    """The coupons of who asks."""

    permission_classes = (IsAuthenticated,)
    pagination_class = KeysetPagination

    @operation(
        "coupons_list",
        "List your coupons with their codes, newest first",
        {200: CouponSerializer(many=True)},
        refuses=("not_authenticated", BadCursor),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.of(request)
        page = reading.page_of(member_of(request), cursor=query.get("cursor"), size=query["limit"])
        return paged(request, page, CouponSerializer)


class CouponView(ShopView):
    """For a shop whose key may use coupons."""

    scope = ApiKey.Scope.COUPONS


class Check(CouponView):
    """What a code is worth."""

    @operation(
        "coupons_check",
        "Look what a code takes off",
        {200: CheckedSerializer},
        limit=limits.SHOP_COUPONS,
        request=CheckSerializer,
        refuses=(*SHOP, *USE, *TERMS),
        description=f"{FOR} Nothing is taken.",
    )
    def post(self, request: Request) -> Response:
        now, said = _said(CheckSerializer, request)
        basket = basket_of(said) if "amount" in said else None
        return Response(CheckedSerializer(coupon_uses.check(code=said["code"], basket=basket, at=now)).data)


class Reserve(CouponView):
    """A code kept for a basket."""

    @operation(
        "coupons_reserve",
        "Reserve a code for a basket",
        {201: ReservationSerializer},
        limit=limits.SHOP_COUPONS,
        idempotent=True,
        request=ReserveSerializer,
        refuses=(*SHOP, *USE, *TERMS),
        description=f"{FOR} Reserve again whenever the basket changes: for the same `basket` it is the same "
        "reservation with a new `discount` and `expires_at`.",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        now, said = _said(ReserveSerializer, request)
        use = coupon_uses.reserve(code=said["code"], basket_id=said["basket"], basket=basket_of(said), at=now)
        return Response(ReservationSerializer(use).data, status=201)


class Redeem(CouponView):
    """A code redeemed with an order."""

    @operation(
        "coupons_redeem",
        "Redeem a reservation or a code with an order",
        {201: RedemptionSerializer},
        limit=limits.SHOP_COUPONS,
        idempotent=True,
        request=RedeemSerializer,
        refuses=(*SHOP, *USE, *TERMS, ReservationUnknown, ReservationOver, BudgetUsedUp),
        description=f"{FOR} Send either `reservation` or `code`. The discount is worked out from this order's amount. "
        "A code has one live redemption for each of its uses, however many tills ask at once.",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        now, said = _said(RedeemSerializer, request)
        basket, order = basket_of(said), said["order"]
        if "reservation" in said:
            use = coupon_uses.redeem_reserved(token=said["reservation"], order=order, basket=basket, at=now)
        else:
            use = coupon_uses.redeem(
                code=said["code"], order=order, basket=basket, basket_id=said.get("basket", ""), at=now
            )
        return Response(RedemptionSerializer(use).data, status=201)


class Release(CouponView):
    """A reservation given up."""

    @operation(
        "coupons_release",
        "Give up a reservation",
        {200: ReservationSerializer},
        limit=limits.SHOP_COUPONS,
        idempotent=True,
        request=ReleaseSerializer,
        refuses=(*SHOP, ReservationUnknown, CouponUsed),
        description=f"{FOR} Not needed for baskets that are left behind: their reservations end by themselves.",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        now, said = _said(ReleaseSerializer, request)
        return Response(ReservationSerializer(coupon_uses.release(token=said["reservation"], at=now)).data)


class Refund(CouponView):
    """A redemption taken back."""

    @operation(
        "coupons_refund",
        "Take a redemption back",
        {200: RedemptionSerializer},
        limit=limits.SHOP_COUPONS,
        idempotent=True,
        request=RefundSerializer,
        refuses=(*SHOP, RedemptionUnknown),
        description=f"{FOR} When an order is returned or cancelled. The code can be used again until it expires.",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        now, said = _said(RefundSerializer, request)
        return Response(RedemptionSerializer(coupon_uses.refund(token=said["redemption"], at=now)).data)


def _said(serializer: type[S], request: Request) -> tuple[Any, dict[str, Any]]:
    """Count the request, then check its body."""
    now = timezone.now()
    limits.spend(limits.SHOP_COUPONS, member=api_key_of(request), at=now)
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    said: dict[str, Any] = body.validated_data
    return now, said
