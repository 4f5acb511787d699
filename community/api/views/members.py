"""Members: oneself and others."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community import access, limits
from community.api.base import ApiView
from community.api.people import member_of, person_of
from community.api.schema import operation
from community.api.serializers.members import MeChangeSerializer, MemberSerializer, MeSerializer
from community.api.views.privacy import ProveYourself, proven
from community.services import erasure, members


class Me(ApiView):
    """The member who asks."""

    permission_classes = (IsAuthenticated,)

    @operation("members_me", "Tell your own profile", {200: MeSerializer}, refuses=("not_authenticated",))
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(member_of(request), context={"request": request}).data)

    @operation(
        "members_me_update",
        "Change your own profile",
        {200: MeSerializer},
        refuses=("not_authenticated", members.HandleTaken),
        limit=limits.EDITS,
        request=MeChangeSerializer,
        description="Send only what shall change.",
    )
    def patch(self, request: Request) -> Response:
        member = member_of(request)
        change = MeChangeSerializer(data=request.data, partial=True)
        change.is_valid(raise_exception=True)
        now = timezone.now()
        limits.spend(limits.EDITS, member=member, at=now)
        if change.validated_data:
            member = members.edit(member=member, at=now, **change.validated_data)
        return Response(MeSerializer(member, context={"request": request}).data)

    @operation(
        "members_me_delete",
        "End your own account",
        {204: None},
        refuses=("not_authenticated", ProveYourself, erasure.LastAdministrator),
        limit=limits.ERASURES,
        description="Your name and address are deleted for good; what you wrote stays as a former member's.",
    )
    def delete(self, request: Request) -> Response:
        member, now = proven(request), timezone.now()
        limits.spend(limits.ERASURES, member=member, at=now)
        erasure.erase(member=member, by=member, at=now)
        return Response(status=204)


class Profile(ApiView):
    """A member as everybody sees them."""

    permission_classes = (AllowAny,)

    @operation("members_retrieve", "Tell a member's public profile", {200: MemberSerializer}, refuses=("not_found",))
    def get(self, request: Request, handle: str) -> Response:
        member = access.member_for(person_of(request), handle)
        return Response(MemberSerializer(member, context={"request": request}).data)
