"""After the talk: rate it, say whether the bot helped; and what the shop's server sends to its customer."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from chat.api.asking import AskingView
from chat.api.base import somebody, spend
from chat.models import ShopMessage
from chat.services import bot, ratings, shop_messages
from community import limits
from community.api.idempotency import idempotent
from community.api.people import api_key_of
from community.api.schema import SHOP, operation
from community.api.views.shop import ShopView
from community.models import ApiKey


class TalkRatingSerializer(serializers.Serializer[Any]):
    """What somebody says of a talk."""

    stars = serializers.IntegerField(min_value=1, max_value=5)
    text = serializers.CharField(max_length=ratings.TEXT_MOST, required=False, allow_blank=True, default="")
    word = serializers.CharField(
        max_length=ratings.WORD_MOST,
        required=False,
        allow_blank=True,
        default="",
        help_text="To the ambassador who helped: they read it, without who said it. `text` is for the brand.",
    )
    about = serializers.ChoiceField(
        ("person", "shop"),
        required=False,
        default="person",
        help_text="`shop` where the trouble was the shop's; it then does not count for the person.",
    )


class TalkHelperSerializer(serializers.Serializer[Any]):
    """Whether the bot helped."""

    helped = serializers.BooleanField()


class ShopMessageSerializer(serializers.Serializer[Any]):
    """A card of the shop."""

    reference = serializers.CharField(max_length=100, help_text="Your own name for it; told twice, it is shown once.")
    customer = serializers.CharField(max_length=100)
    kind = serializers.ChoiceField(ShopMessage.Kind.choices)
    title = serializers.CharField(max_length=120)
    order = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    text = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    url = serializers.URLField(max_length=500, required=False, allow_blank=True, default="")


class ShopMessageKnownSerializer(serializers.Serializer[Any]):
    """What became of a card."""

    reference = serializers.CharField()
    shown = serializers.SerializerMethodField()

    def get_shown(self, card: ShopMessage) -> bool:
        """Whether the customer can see it; otherwise it waits until they have verified their address."""
        return card.shown_at is not None


class Rate(AskingView):
    """One rating of one talk."""

    @operation(
        "conversations_rating_create",
        "Rate a talk",
        {201: TalkRatingSerializer},
        limit=limits.CONVERSATIONS,
        request=TalkRatingSerializer,
        refuses=("visitor_unknown", "not_found", ratings.NotRatable, ratings.AlreadyRated, ratings.NobodyReadsIt),
        description="For the one who asked, once a talk with a person is over, for 14 days.",
    )
    def post(self, request: Request, pk: int) -> Response:
        asked = self.asked(request, pk)
        spend(limits.CONVERSATIONS, somebody(request))
        body = TalkRatingSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        ratings.rate(
            asked=asked,
            stars=said["stars"],
            text=said["text"],
            word=said["word"],
            shop_at_fault=said["about"] == "shop",
            at=timezone.now(),
        )
        return Response(said, status=201)


class Helped(AskingView):
    """What somebody says of the bot."""

    @operation(
        "conversations_helped_create",
        "Say whether the bot helped",
        {200: TalkHelperSerializer},
        limit=limits.CONVERSATIONS,
        request=TalkHelperSerializer,
        refuses=("visitor_unknown", "not_found"),
        description="The last word counts.",
    )
    def post(self, request: Request, pk: int) -> Response:
        asked = self.asked(request, pk)
        spend(limits.CONVERSATIONS, somebody(request))
        body = TalkHelperSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        bot.rate(asked=asked, helped=body.validated_data["helped"])
        return Response(body.validated_data)


class ShopMessages(ShopView):
    """Cards of the shop for its customers."""

    scope = ApiKey.Scope.MESSAGES

    @operation(
        "shop_messages_create",
        "Send a customer a card about an order, an invoice or a parcel",
        {201: ShopMessageKnownSerializer},
        limit=limits.SHOP,
        idempotent=True,
        request=ShopMessageSerializer,
        refuses=SHOP,
        description=f"For a key that may do `{scope}`. It appears in the customer's own conversation with the shop, "
        "and in nobody else's; until they have verified their address here, it waits.",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        now = timezone.now()
        limits.spend(limits.SHOP, member=api_key_of(request), at=now)
        body = ShopMessageSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        card = shop_messages.receive(told=shop_messages.Told(**body.validated_data), at=now)
        return Response(ShopMessageKnownSerializer(card).data, status=201)
