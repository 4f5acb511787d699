"""Following: threads, topics, products and the brand, and the list of what one follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community import access, limits
from community.api.base import ApiView
from community.api.pagination import KeysetPagination, PageQuery, paged
from community.api.people import member_of
from community.api.schema import operation
from community.api.serializers.reading import FollowedSerializer, FollowSerializer
from community.keyset import BadCursor
from community.models import Member
from community.queries import follows as queries
from community.services import follows

MEMBERS = ("not_authenticated", "not_found")


class Follows(ApiView):
    """What one follows, or turned off."""

    permission_classes = (IsAuthenticated,)
    pagination_class = KeysetPagination

    @operation(
        "follows_list",
        "List what you follow or turned off, the latest first",
        {200: FollowedSerializer(many=True)},
        refuses=("not_authenticated", BadCursor),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.of(request)
        page = queries.page(member_of(request), cursor=query.get("cursor"), size=query["limit"], brand=True)
        return paged(request, page, FollowedSerializer)


def following(
    kind: str, noun: str, door: Callable[..., queries.Target], hears: str, forgets: str = ""
) -> type[ApiView]:
    """Return the view by which one follows what ``door`` finds at an address."""

    class Following(ApiView):
        permission_classes = (IsAuthenticated,)

        @operation(
            f"{kind}_follow",
            f"Follow {noun}",
            {200: FollowSerializer},
            refuses=MEMBERS,
            limit=limits.VOTES,
            request=FollowSerializer,
            description=hears,
        )
        def put(self, request: Request, **place: Any) -> Response:
            member, now = member_of(request), timezone.now()
            target = door(member, *place.values())
            wish = FollowSerializer(data=request.data)
            wish.is_valid(raise_exception=True)
            limits.spend(limits.VOTES, member=member, at=now)
            kept = follows.follow(member=member, target=target, at=now, **wish.validated_data)
            return Response(FollowSerializer(kept).data)

        @operation(
            f"{kind}_unfollow",
            "Forget the choice",
            {204: None},
            refuses=MEMBERS,
            limit=limits.VOTES,
            description=forgets,
        )
        def delete(self, request: Request, **place: Any) -> Response:
            member, now = member_of(request), timezone.now()
            target = door(member, *place.values())
            limits.spend(limits.VOTES, member=member, at=now)
            follows.unfollow(member=member, target=target)
            return Response(status=204)

    Following.__doc__ = f"Hearing of {noun}."
    return Following


def _brand(_member: Member) -> None:
    """The brand is there for everybody, and has no row."""


ThreadFollow = following(
    "threads",
    "a question",
    access.thread_for,
    "Asking follows by itself, and answering with the level `mine`.",
    "Your own posts still bring you news; `off` is what silences everything.",
)
TopicFollow = following("topics", "a topic", access.topic_for, "With `all` every new question.")
ProductFollow = following(
    "products", "a product", access.product_for, "With `all` every new question and the brand's news about it."
)
BrandFollow = following("brand", "the brand", _brand, "With `all` all of its news.")
