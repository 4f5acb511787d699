"""The events of the brand, and a seat in one."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from ambassadors.access import events as doors
from ambassadors.api.event_serializers import EventSerializer, RegistrationSerializer
from ambassadors.queries import events as queries
from ambassadors.services import registrations
from community import limits
from community.api.base import ApiView
from community.api.pagination import KeysetPagination, PageQuery, paged
from community.api.people import member_of, person_of
from community.api.schema import operation
from community.keyset import BadCursor
from community.models import Member


class Events(ApiView):
    """What is coming."""

    permission_classes = (AllowAny,)
    pagination_class = KeysetPagination

    @operation(
        "events_list",
        "List the events that have not ended, the next first",
        {200: EventSerializer(many=True)},
        refuses=(BadCursor,),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query, person, now = PageQuery.of(request), person_of(request), timezone.now()
        member = person if isinstance(person, Member) else None
        rows = doors.events_for(person)
        page = queries.upcoming(rows, at=now, cursor=query.get("cursor"), size=query["limit"])
        held, reader = queries.registrations_of(member, page), queries.reader_of(member)
        return paged(request, page, EventSerializer, held=held, reader=reader)


class EventRegistration(ApiView):
    """A seat in an event, or a place in its queue."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "events_register",
        "Take a seat, or a place at the end of the waiting list",
        {200: RegistrationSerializer},
        refuses=("not_authenticated", "not_found", registrations.NotOpen, registrations.NotInvited),
        limit=limits.EVENTS,
        description="Doing it again changes nothing. `state` says whether there was a seat.",
    )
    def put(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        event = doors.event_numbered_for(member, pk)
        limits.spend(limits.EVENTS, member=member, at=now)
        return Response(RegistrationSerializer(registrations.register(event=event, member=member, at=now)).data)

    @operation(
        "events_cancel",
        "Give the seat or the place in the queue back",
        {204: None},
        refuses=("not_authenticated", "not_found", registrations.NotRegistered, registrations.Begun),
        limit=limits.EVENT_CANCELLATIONS,
        description="The first who waits has the seat at once.",
    )
    def delete(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        event = doors.event_numbered_for(member, pk)
        limits.spend(limits.EVENT_CANCELLATIONS, member=member, at=now)
        registrations.cancel(event=event, member=member, at=now)
        return Response(status=204)
