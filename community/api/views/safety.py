"""Reports, notices of illegal content, and blocks."""

from __future__ import annotations

from django.utils import timezone, translation
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community import access, limits
from community.api.base import ApiView
from community.api.idempotency import idempotent
from community.api.pagination import KeysetPagination, complete
from community.api.people import address_of, member_of, person_of
from community.api.schema import operation
from community.api.serializers.safety import (
    BlockSerializer,
    FlagDraftSerializer,
    FlagSerializer,
    NoticeDraftSerializer,
    NoticeSerializer,
)
from community.models import Member
from community.queries import blocks as block_rows
from community.services import blocks, cases, moderation, notices


class Flags(ApiView):
    """Reports of posts."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "flags_create",
        "Report a post",
        {201: FlagSerializer},
        refuses=("not_authenticated", "not_found", cases.OwnPost, moderation.AlreadyFlagged),
        limit=limits.FLAGS,
        idempotent=True,
        request=FlagDraftSerializer,
        description="Once for each member and post. Enough weight hides it until a person has looked.",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        member, now = member_of(request), timezone.now()
        draft = FlagDraftSerializer(data=request.data)
        draft.is_valid(raise_exception=True)
        said = draft.validated_data
        post = access.post_for(member, said["kind"], said["id"])
        limits.spend(limits.FLAGS, member=member, at=now)
        flag = moderation.flag(
            kind=said["kind"], post=post, member=member, reason=said["reason"], note=said["note"], at=now
        )
        return Response(FlagSerializer(flag).data, status=201)


class Notices(ApiView):
    """Notices of illegal content, without an account."""

    permission_classes = (AllowAny,)

    @operation(
        "notices_create",
        "Give notice of illegal content",
        {201: NoticeSerializer},
        limit=limits.NOTICES,
        request=NoticeDraftSerializer,
        description="For everybody, without an account. The receipt number comes back and goes out by e-mail; so does "
        "the decision with its reasons.",
    )
    def post(self, request: Request) -> Response:
        person, now = person_of(request), timezone.now()
        draft = NoticeDraftSerializer(data=request.data)
        draft.is_valid(raise_exception=True)
        said = draft.validated_data
        limits.spend_as(limits.NOTICES, person=person, address=address_of(request), at=now)
        notice = notices.receive(
            kind=said["kind"],
            url=said["url"],
            explanation=said["explanation"],
            name=said["name"],
            email=said["email"],
            language=(translation.get_language() or "de")[:2],
            member=person if isinstance(person, Member) else None,
            about=access.post_at(said["url"]),
            at=now,
        )
        return Response(NoticeSerializer(notice).data, status=201)


class Blocks(ApiView):
    """Whom one blocked."""

    permission_classes = (IsAuthenticated,)
    pagination_class = KeysetPagination

    @operation(
        "members_blocks_list",
        "List whom you blocked",
        {200: BlockSerializer(many=True)},
        refuses=("not_authenticated",),
        description="The latest 200.",
    )
    def get(self, request: Request) -> Response:
        return complete(request, block_rows.of(member_of(request)), BlockSerializer)


class BlockDetail(ApiView):
    """One's block of one member."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "members_block",
        "Block a member",
        {204: None},
        refuses=("not_authenticated", "not_found", blocks.BlockedOneself),
        limit=limits.BLOCKS,
        description="Their posts fold away for you and you are told nothing of them. They are not told. Twice is once.",
    )
    def put(self, request: Request, handle: str) -> Response:
        member, now = member_of(request), timezone.now()
        other = access.member_for(member, handle)
        limits.spend(limits.BLOCKS, member=member, at=now)
        blocks.block(member=member, blocked=other, at=now)
        return Response(status=204)

    @operation(
        "members_unblock",
        "Take a block back",
        {204: None},
        refuses=("not_authenticated", "not_found"),
        limit=limits.BLOCKS,
    )
    def delete(self, request: Request, handle: str) -> Response:
        member, now = member_of(request), timezone.now()
        other = access.member_for(member, handle)
        limits.spend(limits.BLOCKS, member=member, at=now)
        blocks.unblock(member=member, blocked=other)
        return Response(status=204)
