"""Reviews: list, write, change, delete, find helpful."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from rest_framework.permissions import IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from community import access, limits
from community.api.base import ApiView
from community.api.idempotency import idempotent
from community.api.pagination import KeysetPagination, paged
from community.api.people import member_of, person_of
from community.api.schema import operation
from community.api.serializers.reviews import ReviewDraftSerializer, ReviewQuery, ReviewSerializer
from community.keyset import BadCursor
from community.models import Disclosure, Member, Review
from community.queries import reviews as rows
from community.services import cases, removals, review_votes, reviews, screening, threads
from community.services.reviews import Content

FOR_ITS_AUTHOR = "For its author only: nobody rewrites what somebody else says."
SCREENED = (screening.WordRefused, screening.TooManyLinks)


class Reviews(ApiView):
    """What people say about one product."""

    permission_classes = (IsAuthenticatedOrReadOnly,)
    pagination_class = KeysetPagination

    @operation(
        "reviews_list",
        "List the reviews of a product",
        {200: ReviewSerializer(many=True)},
        refuses=("not_found", BadCursor),
        parameters=(ReviewQuery,),
    )
    def get(self, request: Request, slug: str) -> Response:
        query = ReviewQuery.of(request)
        person = person_of(request)
        viewer = person if isinstance(person, Member) else None
        page = rows.page(
            access.product_for(person, slug),
            viewer=viewer,
            moderator=access.moderates(person),
            sort=query["sort"],
            stars=query.get("stars"),
            show=query.get("show", ""),
            cursor=query.get("cursor"),
            size=query["limit"],
        )
        return paged(request, page, ReviewSerializer, helped=rows.helped(viewer, page))

    @operation(
        "reviews_create",
        "Review a product",
        {201: ReviewSerializer},
        refuses=("not_authenticated", "not_found", reviews.AlreadyReviewed, *SCREENED),
        limit=limits.REVIEWS,
        idempotent=True,
        request=ReviewDraftSerializer,
        description="One for each member and product. `verified` is what the shop's orders say.",
    )
    @idempotent
    def post(self, request: Request, slug: str) -> Response:
        member, now = member_of(request), timezone.now()
        product = access.product_for(member, slug)
        draft = ReviewDraftSerializer(data=request.data)
        draft.is_valid(raise_exception=True)
        limits.spend(limits.REVIEWS, member=member, at=now)
        said = draft.validated_data
        review = reviews.create(
            product=product,
            author=member,
            content=_content(said),
            disclosure=said.get("disclosure", Disclosure.NONE),
            at=now,
        )
        return Response(told(request, review), status=201)


class ReviewDetail(ApiView):
    """One review."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "reviews_update",
        "Change a review",
        {200: ReviewSerializer},
        refuses=("not_authenticated", "not_found", threads.Gone, reviews.DisclosureStands, *SCREENED),
        limit=limits.EDITS,
        request=ReviewDraftSerializer,
        description=FOR_ITS_AUTHOR,
    )
    def patch(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        review = access.own_review_for(member, pk)
        change = ReviewDraftSerializer(data=request.data, partial=True)
        change.is_valid(raise_exception=True)
        limits.spend(limits.EDITS, member=member, at=now)
        said = change.validated_data
        reviews.edit(
            review=review, by=member, content=_content(said, review), disclosure=said.get("disclosure"), at=now
        )
        return Response(told(request, access.review_for(member, pk)))

    @operation(
        "reviews_destroy",
        "Delete a review",
        {204: None},
        refuses=("not_authenticated", "not_found", cases.Claimed, cases.Decided),
        limit=limits.EDITS,
        description=(
            "For its author and moderators, whose removal is a decision: the author gets the reasons. Deleting it "
            "again changes nothing."
        ),
    )
    def delete(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        review = access.deletable_review_for(member, pk)
        limits.spend(limits.EDITS, member=member, at=now)
        removals.remove(post=review, by=member, at=now)
        return Response(status=204)


class ReviewHelpful(ApiView):
    """Whether one found a review helpful."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "reviews_find_helpful",
        "Find a review helpful",
        {200: ReviewSerializer},
        refuses=("not_authenticated", "not_found", review_votes.OwnReview, threads.Gone),
        limit=limits.VOTES,
    )
    def put(self, request: Request, pk: int) -> Response:
        _vote(request, pk, helpful=True)
        return Response(told(request, access.review_for(member_of(request), pk)))

    @operation(
        "reviews_withdraw_helpful",
        "Find a review helpful no longer",
        {204: None},
        refuses=("not_authenticated", "not_found", review_votes.OwnReview, threads.Gone),
        limit=limits.VOTES,
    )
    def delete(self, request: Request, pk: int) -> Response:
        _vote(request, pk, helpful=False)
        return Response(status=204)


def _content(said: Mapping[str, Any], former: Review | None = None) -> Content:
    """What was said, and what was said before where nothing new was."""
    fields = {name: getattr(former, name) for name in ("stars", "title", "body", "owned_since")} if former else {}
    fields |= {name: said[name] for name in ("stars", "title", "body", "owned_since") if name in said}
    for name in ("pros", "cons"):
        fields[name] = "\n".join(said[name]) if name in said else getattr(former, name, "")
    return Content(**fields)


def _vote(request: Request, pk: int, *, helpful: bool) -> None:
    member, now = member_of(request), timezone.now()
    review = access.review_for(member, pk)
    limits.spend(limits.VOTES, member=member, at=now)
    review_votes.cast(review=review, voter=member, helpful=helpful, at=now)


def told(request: Request, review: Review) -> dict[str, object]:
    helped = rows.helped(member_of(request), [review])
    return dict(ReviewSerializer(review, context={"request": request, "helped": helped}).data)
