"""What the member was told."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community import limits
from community.api.base import ApiView
from community.api.pagination import KeysetPagination, PageQuery, paged
from community.api.people import member_of
from community.api.schema import operation
from community.api.serializers.notifications import NotificationSerializer, ReadCountSerializer, ReadSerializer
from community.keyset import BadCursor
from community.queries import notifications as rows
from community.services import notifications


class Notifications(ApiView):
    """One's own notifications."""

    permission_classes = (IsAuthenticated,)
    pagination_class = KeysetPagination

    @operation(
        "notifications_list",
        "List your notifications, newest first",
        {200: NotificationSerializer(many=True)},
        refuses=("not_authenticated", BadCursor),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.of(request)
        page = rows.page(member_of(request), cursor=query.get("cursor"), size=query["limit"])
        return paged(request, page, NotificationSerializer)


class NotificationsRead(ApiView):
    """Marks notifications as read, in every tab."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "notifications_read",
        "Mark notifications as read",
        {200: ReadCountSerializer},
        refuses=("not_authenticated",),
        limit=limits.READS,
        request=ReadSerializer,
        description="All of them, or those that concern one thread.",
    )
    def post(self, request: Request) -> Response:
        said = ReadSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        member, now = member_of(request), timezone.now()
        limits.spend(limits.READS, member=member, at=now)
        read = notifications.mark_read(member=member, at=now, thread_id=said.validated_data.get("thread"))
        return Response({"read": read})
