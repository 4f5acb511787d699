"""What those who help do over the API: when they are there, what they are offered, handing on; and ending a talk."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from chat import access
from chat.api.base import ChatView, somebody, spend
from chat.models import Conversation, HelpRequest, Offer, Participant, Responder, Target
from chat.queries import desk
from chat.services import availability, handover, offers
from chat.services import help as helping
from community import limits
from community.api.base import ApiView
from community.api.people import member_of
from community.api.schema import operation


class TimesSerializer(serializers.Serializer[Any]):
    """One stretch of a weekday, on the helper's own clock."""

    weekday = serializers.IntegerField(min_value=0, max_value=6, help_text="0 is Monday.")
    until = serializers.CharField(max_length=5)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # "from" is a word of the language.
        return {**super().get_fields(), "from": serializers.CharField(max_length=5)}


class AvailabilitySerializer(serializers.ModelSerializer[Responder]):
    """When somebody helps, and how much at once. What is left out of a change stays."""

    schedule = TimesSerializer(many=True, required=False, help_text="Empty for always.")
    languages = serializers.ListField(child=serializers.CharField(max_length=2), required=False)

    class Meta:
        model = Responder
        fields = ("group", "available", "capacity", "load", "languages", "schedule", "seen_at")
        read_only_fields = ("group", "load", "seen_at")
        extra_kwargs = {"available": {"required": False}, "capacity": {"required": False}}


class OfferSerializer(serializers.ModelSerializer[Offer]):
    """A conversation that is offered until `expires_at`."""

    class Meta:
        model = Offer
        fields = ("id", "conversation", "state", "at", "expires_at")


class HelpedSerializer(serializers.Serializer[HelpRequest]):
    """The conversation as it stands now."""

    id = serializers.IntegerField(source="conversation.pk")
    state = serializers.ChoiceField(Conversation.State.choices, source="conversation.state")
    target = serializers.ChoiceField(Target.choices)
    last_seq = serializers.IntegerField(source="conversation.last_seq")


class HandOverSerializer(serializers.Serializer[Any]):
    """To whom, and what the next one should know."""

    to = serializers.ChoiceField([Target.AMBASSADORS, Target.AGENTS])
    summary = serializers.CharField(max_length=handover.SUMMARY_MOST, required=False, allow_blank=True, default="")


class HelperView(ApiView):
    """For those who help."""

    permission_classes = (IsAuthenticated,)

    def responder(self, request: Request) -> Responder:
        """Whose desk it is; asking is a sign of life."""
        found = access.responder_for(member_of(request))
        if request.method == "GET":
            availability.seen(responder=found, at=timezone.now())
        return found

    def spend(self, request: Request) -> None:
        """Count what is done, which is a sign of life as well."""
        limits.spend(limits.HELPING, member=member_of(request), at=timezone.now())
        availability.seen(responder=access.responder_for(member_of(request)), at=timezone.now())


class Availability(HelperView):
    """When somebody helps."""

    @operation(
        "availability_retrieve",
        "Look when you help",
        {200: AvailabilitySerializer},
        refuses=("not_authenticated", "not_found"),
        description="For ambassadors and agents who help in the chat. Asking is a sign of life: a helper of whom "
        "nothing is heard for 60 s counts as lost.",
    )
    def get(self, request: Request) -> Response:
        return Response(AvailabilitySerializer(self.responder(request)).data)

    @operation(
        "availability_update",
        "Say when you help",
        {200: AvailabilitySerializer},
        refuses=(
            "not_authenticated",
            "not_found",
            availability.BadCapacity,
            availability.BadTimes,
            availability.BadLanguages,
        ),
        limit=limits.HELPING,
        request=AvailabilitySerializer,
        description="Whoever goes away keeps the conversations that they have.",
    )
    def put(self, request: Request) -> Response:
        responder = self.responder(request)
        told = AvailabilitySerializer(data=request.data)
        told.is_valid(raise_exception=True)
        self.spend(request)
        changed = availability.change(responder=responder, at=timezone.now(), **told.validated_data)
        return Response(AvailabilitySerializer(changed).data)


class Offers(HelperView):
    """What is offered now."""

    @operation(
        "offers_list",
        "List what is offered to you now",
        {200: OfferSerializer(many=True)},
        refuses=("not_authenticated", "not_found"),
    )
    def get(self, request: Request) -> Response:
        return Response(OfferSerializer(desk.offers(self.responder(request), timezone.now()), many=True).data)


class Accept(HelperView):
    """Yes."""

    @operation(
        "offers_accept",
        "Take a conversation that is offered to you",
        {200: HelpedSerializer},
        refuses=("not_authenticated", "not_found", offers.OfferGone),
        limit=limits.HELPING,
        description="Twice is once.",
    )
    def post(self, request: Request, pk: int) -> Response:
        offer = access.offer_for(member_of(request), pk)
        self.spend(request)
        return Response(HelpedSerializer(offers.accept(offer=offer, at=timezone.now())).data)


class Decline(HelperView):
    """No."""

    @operation(
        "offers_decline",
        "Leave a conversation to somebody else",
        {204: None},
        refuses=("not_authenticated", "not_found", offers.OfferGone),
        limit=limits.HELPING,
        description="The next one is asked at once. Twice is once.",
    )
    def post(self, request: Request, pk: int) -> Response:
        offer = access.offer_for(member_of(request), pk)
        self.spend(request)
        offers.decline(offer=offer, at=timezone.now())
        return Response(status=204)


class HandOver(HelperView):
    """Somebody else goes on."""

    @operation(
        "conversations_handover",
        "Hand a conversation on",
        {200: HelpedSerializer},
        refuses=("not_authenticated", "not_found", handover.NotHelping, handover.BadTarget),
        limit=limits.HELPING,
        request=HandOverSerializer,
        description="For whoever helps now. It goes in front of the line; the next helper reads all that was said.",
    )
    def post(self, request: Request, pk: int) -> Response:
        asked, responder = access.helped_by(member_of(request), pk), self.responder(request)
        body = HandOverSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        self.spend(request)
        told = body.validated_data
        moved = handover.to(asked=asked, by=responder, target=told["to"], summary=told["summary"], at=timezone.now())
        return Response(HelpedSerializer(moved).data)


class Close(ChatView):
    """The end, from either side."""

    @operation(
        "conversations_close",
        "End a conversation",
        {200: HelpedSerializer},
        refuses=("not_authenticated", "visitor_unknown", "not_found"),
        limit=limits.HELPING,
        description="For the one who asked and for the one who helps. Twice is once; what was said stays readable.",
    )
    def post(self, request: Request, pk: int) -> Response:
        person = somebody(request)
        asks = access.participant_for(person, pk).part == Participant.Part.ASKER
        asked = access.asked_by(person, pk) if asks else access.advised_by(person, pk)
        spend(limits.HELPING, person)
        return Response(HelpedSerializer(helping.close(asked=asked, by=person, at=timezone.now())).data)
