"""What somebody who asked for help sees and does: where it stands, a person please, tell me by e-mail."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from chat import access
from chat.api.base import ChatView, somebody, spend
from chat.models import HelpRequest
from chat.queries import asking
from chat.services import help as helping
from chat.services import ratings
from community import limits
from community.api.schema import operation


class MinutesSerializer(serializers.Serializer[Any]):
    """An honest range."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # "from" is a word of the language.
        return {"from": serializers.IntegerField(), "until": serializers.IntegerField()}


class QueuePlaceSerializer(serializers.Serializer[Any]):
    """A place in the line."""

    position = serializers.IntegerField()
    minutes = MinutesSerializer(allow_null=True)


class HelperSerializer(serializers.Serializer[Any]):
    """Who helps."""

    kind = serializers.CharField()
    id = serializers.IntegerField()
    handle = serializers.CharField()
    name = serializers.CharField()
    initials = serializers.CharField()
    avatar = serializers.CharField(allow_null=True)
    group = serializers.CharField()
    owns = serializers.CharField(help_text="Since when they own what this is about; empty if they do not.")


class AskedSerializer(serializers.Serializer[Any]):
    """A request for help as its asker sees it. `token` is what the shop sends along with an order."""

    state = serializers.CharField()
    target = serializers.CharField()
    token = serializers.CharField()
    helper = HelperSerializer(allow_null=True)
    place = QueuePlaceSerializer(allow_null=True)
    cart_shared = serializers.BooleanField()
    told_by_mail = serializers.BooleanField()
    may_rate = serializers.BooleanField(help_text="Whether the talk is over and a rating of it still open.")
    offered = serializers.BooleanField(help_text="Whether somebody is being asked at this moment.")


class LeaveSerializer(serializers.Serializer[Any]):
    """Where the answer goes; without an address it stays in the conversation."""

    email = serializers.CharField(max_length=254, required=False, allow_blank=True, default="")


class AskingView(ChatView):
    """For whoever asked, and for nobody else."""

    def asked(self, request: Request, pk: int) -> HelpRequest:
        return access.asked_by(somebody(request), pk)

    def answer(self, request: Request, pk: int) -> Response:
        asked, at = self.asked(request, pk), timezone.now()
        told = {**asking.for_asker(asked, at), "may_rate": ratings.may_rate(asked, at)}
        return Response(AskedSerializer(told).data)


class Help(AskingView):
    """Where a request stands."""

    @operation(
        "conversations_help_retrieve",
        "Look where a request for help stands",
        {200: AskedSerializer},
        refuses=("visitor_unknown", "not_found"),
        description="For the one who asked: who helps, or place and honest range in the line.",
    )
    def get(self, request: Request, pk: int) -> Response:
        return self.answer(request, pk)


class Person(AskingView):
    """A person instead of the bot."""

    @operation(
        "conversations_person_create",
        "Ask for a person",
        {200: AskedSerializer},
        limit=limits.CONVERSATIONS,
        refuses=("visitor_unknown", "not_found", helping.NotWaiting),
        description="Once is enough: whoever waits, or has a person already, keeps what they have.",
    )
    def post(self, request: Request, pk: int) -> Response:
        asked = self.asked(request, pk)
        spend(limits.CONVERSATIONS, somebody(request))
        helping.want_person(asked=asked, at=timezone.now())
        return self.answer(request, pk)


class Leave(AskingView):
    """Not waiting any longer."""

    @operation(
        "conversations_leave_create",
        "Leave the question as a message",
        {200: AskedSerializer},
        limit=limits.CONVERSATIONS,
        request=LeaveSerializer,
        refuses=("visitor_unknown", "not_found", helping.NotWaiting, helping.BadAddress),
        description="The answer is told by e-mail where an address is given; it is shown to nobody who helps as a "
        "customer.",
    )
    def post(self, request: Request, pk: int) -> Response:
        asked = self.asked(request, pk)
        spend(limits.CONVERSATIONS, somebody(request))
        body = LeaveSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        helping.leave(asked=asked, email=body.validated_data["email"], at=timezone.now())
        return self.answer(request, pk)
