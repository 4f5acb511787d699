"""Threads: list, ask, read, change, delete, and find similar ones while the title is typed."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.permissions import AllowAny, IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from community import access, limits
from community.api.base import ApiView
from community.api.idempotency import idempotent
from community.api.pagination import KeysetPagination, complete, paged
from community.api.people import address_of, member_of, person_of
from community.api.schema import operation
from community.api.serializers.threads import (
    MergeSerializer,
    SimilarQuery,
    SimilarThreadSerializer,
    ThreadDraftSerializer,
    ThreadQuery,
    ThreadSerializer,
)
from community.keyset import BadCursor
from community.models import Thread
from community.queries import threads as rows
from community.services import cases, merging, removals, threads


class Threads(ApiView):
    """All questions that the reader may see."""

    permission_classes = (IsAuthenticatedOrReadOnly,)
    pagination_class = KeysetPagination

    @operation(
        "threads_list",
        "List questions",
        {200: ThreadSerializer(many=True)},
        refuses=(BadCursor,),
        parameters=(ThreadQuery,),
    )
    def get(self, request: Request) -> Response:
        query = ThreadQuery.of(request)
        size = query.pop("limit")
        return paged(request, rows.page(access.threads_for(person_of(request)), size=size, **query), ThreadSerializer)

    @operation(
        "threads_create",
        "Ask a question",
        {201: ThreadSerializer},
        refuses=("not_authenticated",),
        limit=limits.THREADS,
        idempotent=True,
        request=ThreadDraftSerializer,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        member, now = member_of(request), timezone.now()
        draft = ThreadDraftSerializer(data=request.data)
        draft.is_valid(raise_exception=True)
        limits.spend(limits.THREADS, member=member, at=now)
        thread = threads.create(author=member, at=now, **draft.validated_data)
        return Response(_told(request, thread), status=201)


class ThreadDetail(ApiView):
    """One question."""

    permission_classes = (IsAuthenticatedOrReadOnly,)

    @operation("threads_retrieve", "Tell a question", {200: ThreadSerializer}, refuses=("not_found", "moved"))
    def get(self, request: Request, pk: int) -> Response:
        return Response(_told(request, access.thread_for(person_of(request), pk)))

    @operation(
        "threads_update",
        "Change a question",
        {200: ThreadSerializer},
        refuses=("not_authenticated", "not_found", threads.Gone),
        limit=limits.EDITS,
        request=ThreadDraftSerializer,
        description="For its author and moderators. Send only what shall change.",
    )
    def patch(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        thread = access.own_thread_for(member, pk)
        change = ThreadDraftSerializer(data=request.data, partial=True)
        change.is_valid(raise_exception=True)
        limits.spend(limits.EDITS, member=member, at=now)
        kept = {name: getattr(thread, name) for name in ("title", "body", "phase", "topic", "product")}
        threads.edit(thread=thread, by=member, at=now, **{**kept, **change.validated_data})
        return Response(_told(request, access.thread_for(member, pk)))

    @operation(
        "threads_destroy",
        "Delete a question",
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
        thread = access.own_thread_for(member, pk)
        limits.spend(limits.EDITS, member=member, at=now)
        removals.remove(post=thread, by=member, at=now)
        return Response(status=204)


class ThreadMerge(ApiView):
    """Two questions that are one."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "threads_merge",
        "Merge a question into another one",
        {200: ThreadSerializer},
        refuses=("not_authenticated", "not_found", merging.SameThread, merging.OthersAnswered, threads.Gone),
        limit=limits.EDITS,
        request=MergeSerializer,
        description=(
            "Answers, comments, followers and whoever has the question too go over to the other one; the old "
            "address leads there with 301. There is no way back. For moderators, and for its author as long as "
            "nobody else has answered."
        ),
    )
    def post(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        source = access.own_thread_for(member, pk)
        wish = MergeSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        into = access.present_thread_for(member, wish.validated_data["into"])
        limits.spend(limits.EDITS, member=member, at=now)
        merged = merging.merge(source=source, into=into, by=member, moderator=access.moderates(member), at=now)
        return Response(_told(request, access.thread_for(member, merged.pk)))


class SimilarThreads(ApiView):
    """What was asked before."""

    permission_classes = (AllowAny,)
    pagination_class = KeysetPagination

    @operation(
        "threads_similar",
        "Find questions like the one being typed",
        {200: SimilarThreadSerializer(many=True)},
        limit=limits.SIMILAR,
        parameters=(SimilarQuery,),
        description="Up to 5, the nearest first.",
    )
    def get(self, request: Request) -> Response:
        query = SimilarQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        person = person_of(request)
        limits.spend_as(limits.SIMILAR, person=person, address=address_of(request), at=timezone.now())
        found = rows.similar(access.threads_for(person), query.validated_data["title"])
        return complete(request, found, SimilarThreadSerializer)


def _told(request: Request, thread: Thread) -> dict[str, object]:
    return dict(ThreadSerializer(thread, context={"request": request}).data)
