"""Comments under questions and answers."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.permissions import IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from community import access, limits
from community.api.base import ApiView
from community.api.idempotency import idempotent
from community.api.pagination import KeysetPagination, PageQuery, paged
from community.api.people import member_of, person_of
from community.api.schema import operation
from community.api.serializers.posts import CommentDraftSerializer, CommentSerializer
from community.keyset import BadCursor
from community.models import Answer, Member, Thread
from community.queries import comments as rows
from community.services import cases, comments, removals, threads

READING = ("not_found", BadCursor)
WRITING = ("not_authenticated", "not_found", threads.Gone)


class ThreadComments(ApiView):
    """The comments under a question."""

    permission_classes = (IsAuthenticatedOrReadOnly,)
    pagination_class = KeysetPagination

    @operation(
        "threads_comments_list",
        "List the comments on a question",
        {200: CommentSerializer(many=True)},
        refuses=READING,
        parameters=(PageQuery,),
    )
    def get(self, request: Request, thread: int) -> Response:
        return _page(request, access.thread_for(person_of(request), thread), None)

    @operation(
        "threads_comments_create",
        "Comment on a question",
        {201: CommentSerializer},
        refuses=WRITING,
        limit=limits.COMMENTS,
        idempotent=True,
        request=CommentDraftSerializer,
    )
    @idempotent
    def post(self, request: Request, thread: int) -> Response:
        return _create(request, access.present_thread_for(person_of(request), thread), None)


class AnswerComments(ApiView):
    """The comments under an answer."""

    permission_classes = (IsAuthenticatedOrReadOnly,)
    pagination_class = KeysetPagination

    @operation(
        "answers_comments_list",
        "List the comments on an answer",
        {200: CommentSerializer(many=True)},
        refuses=READING,
        parameters=(PageQuery,),
    )
    def get(self, request: Request, answer: int) -> Response:
        on = access.answer_for(person_of(request), answer)
        return _page(request, on.thread, on)

    @operation(
        "answers_comments_create",
        "Comment on an answer",
        {201: CommentSerializer},
        refuses=WRITING,
        limit=limits.COMMENTS,
        idempotent=True,
        request=CommentDraftSerializer,
    )
    @idempotent
    def post(self, request: Request, answer: int) -> Response:
        on = access.answer_for(person_of(request), answer)
        return _create(request, on.thread, on)


class CommentDetail(ApiView):
    """One comment."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "comments_destroy",
        "Delete a comment",
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
        comment = access.own_comment_for(member, pk)
        limits.spend(limits.EDITS, member=member, at=now)
        removals.remove(post=comment, by=member, at=now)
        return Response(status=204)


def _page(request: Request, thread: Thread, answer: Answer | None) -> Response:
    query = PageQuery.of(request)
    person = person_of(request)
    viewer = person if isinstance(person, Member) else None
    page = rows.page(thread, answer, viewer=viewer, cursor=query.get("cursor"), size=query["limit"])
    return paged(request, page, CommentSerializer)


def _create(request: Request, thread: Thread, answer: Answer | None) -> Response:
    member, now = member_of(request), timezone.now()
    draft = CommentDraftSerializer(data=request.data)
    draft.is_valid(raise_exception=True)
    limits.spend(limits.COMMENTS, member=member, at=now)
    comment = comments.create(thread=thread, answer=answer, author=member, at=now, **draft.validated_data)
    return Response(CommentSerializer(comment, context={"request": request}).data, status=201)
