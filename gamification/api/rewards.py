"""The catalogue of rewards, and redeeming one."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community import limits
from community.api.base import ApiView
from community.api.idempotency import idempotent
from community.api.pagination import KeysetPagination, PageQuery, paged
from community.api.people import member_of, person_of
from community.api.schema import operation
from community.keyset import BadCursor
from community.models import Member
from gamification import access
from gamification.api.reward_serializers import RedeemedRewardSerializer, RedeemRewardSerializer, RewardSerializer
from gamification.queries import rewards as reading
from gamification.services import rewards
from gamification.services.credits import NotEnoughCredits


class Rewards(ApiView):
    """What credits buy."""

    permission_classes = (AllowAny,)
    pagination_class = KeysetPagination

    @operation(
        "rewards_list",
        "List the rewards, cheapest first",
        {200: RewardSerializer(many=True)},
        refuses=(BadCursor,),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query, person = PageQuery.of(request), person_of(request)
        page = reading.page_of_offers(timezone.now(), cursor=query.get("cursor"), size=query["limit"])
        purse = reading.purse_of(person) if isinstance(person, Member) else None
        return paged(request, page, RewardSerializer, purse=purse)


class Redeem(ApiView):
    """A reward bought with credits."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "rewards_redeem",
        "Redeem a reward for credits",
        {201: RedeemedRewardSerializer},
        refuses=(
            "not_authenticated",
            "not_found",
            rewards.NotOffered,
            rewards.SoldOut,
            rewards.LevelTooLow,
            rewards.HadEnough,
            rewards.PriceChanged,
            rewards.AddressMissing,
            NotEnoughCredits,
        ),
        limit=limits.REDEMPTIONS,
        idempotent=True,
        request=RedeemRewardSerializer,
        description="A code for the shop comes with the answer; what is sent or arranged starts as `open`.",
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        reward = access.reward_for(member, pk)
        said = RedeemRewardSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        limits.spend(limits.REDEMPTIONS, member=member, at=now)
        made = rewards.redeem(reward=reward, member=member, at=now, **said.validated_data)
        return Response(RedeemedRewardSerializer(made, context={"request": request}).data, status=201)
