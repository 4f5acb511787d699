"""Rewards and redemptions as the API tells them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from community.api.serializers.fields import Line
from gamification.api.coupon_serializers import CouponSerializer
from gamification.models import Redemption, Reward
from gamification.queries import ledger
from gamification.templatetags.rewards import reward_picture


class RewardSerializer(serializers.ModelSerializer[Reward]):
    """A reward, and how far you are from it; ``context["purse"]`` is yours."""

    picture = serializers.SerializerMethodField()
    left = serializers.IntegerField(read_only=True, allow_null=True, help_text="Null: without an end.")
    missing = serializers.SerializerMethodField(help_text="Credits that you still need; null for visitors.")
    redeemable = serializers.SerializerMethodField(help_text="Whether you could redeem it now.")

    class Meta:
        model = Reward
        fields = (
            "id", "name", "description", "kind", "price", "picture", "left", "per_member", "min_level", "starts_at",
            "ends_at", "missing", "redeemable",
        )  # fmt: skip
        read_only_fields = ("name", "description", "kind", "price", "per_member", "min_level", "starts_at", "ends_at")

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_picture(self, reward: Reward) -> str | None:
        request = self.context["request"]
        return request.build_absolute_uri(reward_picture(reward)) if reward.picture else None

    def get_missing(self, reward: Reward) -> int | None:
        purse = self.context.get("purse")
        return purse.reach(reward).missing if purse else None

    def get_redeemable(self, reward: Reward) -> bool:
        purse = self.context.get("purse")
        return bool(purse and reward.left != 0 and purse.reach(reward).is_reached)


class RedeemRewardSerializer(serializers.Serializer[Any]):
    """All of it is optional; what is sent needs an address."""

    price = serializers.IntegerField(min_value=1, required=False, help_text="Refuse if it costs something else.")
    address = serializers.CharField(max_length=400, required=False, default="", allow_blank=True)


class RedeemedRewardSerializer(serializers.ModelSerializer[Redemption]):
    """What you redeemed, with the code if it is one, and what your balance is then."""

    reward = serializers.IntegerField(source="reward_id", read_only=True)
    name = Line(source="reward.name", read_only=True)
    coupon = CouponSerializer(read_only=True, allow_null=True)
    credits = serializers.SerializerMethodField(help_text="Your balance.")

    class Meta:
        model = Redemption
        fields = ("id", "reward", "name", "state", "price", "coupon", "credits", "at")
        read_only_fields = ("state", "price", "at")

    def get_credits(self, redemption: Redemption) -> int:
        return ledger.balances_of(redemption.member)["credits"]
