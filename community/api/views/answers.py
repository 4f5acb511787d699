"""Answers: list, write, change, delete, vote and accept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

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
from community.api.serializers.posts import AnswerDraftSerializer, AnswerQuery, AnswerSerializer, VoteSerializer
from community.keyset import BadCursor
from community.models import Answer, Member, Vote
from community.queries import answers as rows
from community.queries import ownership
from community.services import answers, cases, removals, threads, votes

FOR_ITS_AUTHOR = "For its author and moderators."


class Answers(ApiView):
    """The answers to one question."""

    permission_classes = (IsAuthenticatedOrReadOnly,)
    pagination_class = KeysetPagination

    @operation(
        "answers_list",
        "List the answers to a question",
        {200: AnswerSerializer(many=True)},
        refuses=("not_found", "moved", BadCursor),
        parameters=(AnswerQuery,),
    )
    def get(self, request: Request, thread: int) -> Response:
        query = AnswerQuery.of(request)
        person = person_of(request)
        viewer = person if isinstance(person, Member) else None
        page = rows.page(
            access.thread_for(person, thread),
            viewer=viewer,
            moderator=access.moderates(person),
            sort=query["sort"],
            cursor=query.get("cursor"),
            size=query["limit"],
        )
        return paged(request, page, AnswerSerializer, opinions=rows.opinions(viewer, page), owned=_owned(page))

    @operation(
        "answers_create",
        "Answer a question",
        {201: AnswerSerializer},
        refuses=("not_authenticated", "not_found", threads.Gone),
        limit=limits.ANSWERS,
        idempotent=True,
        request=AnswerDraftSerializer,
    )
    @idempotent
    def post(self, request: Request, thread: int) -> Response:
        member, now = member_of(request), timezone.now()
        asked = access.present_thread_for(member, thread)
        draft = AnswerDraftSerializer(data=request.data)
        draft.is_valid(raise_exception=True)
        limits.spend(limits.ANSWERS, member=member, at=now)
        answer = answers.create(thread=asked, author=member, at=now, **draft.validated_data)
        return Response(told(request, answer), status=201)


class AnswerDetail(ApiView):
    """One answer."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "answers_update",
        "Change an answer",
        {200: AnswerSerializer},
        refuses=("not_authenticated", "not_found", threads.Gone),
        limit=limits.EDITS,
        request=AnswerDraftSerializer,
        description=FOR_ITS_AUTHOR,
    )
    def patch(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        answer = access.own_answer_for(member, pk)
        change = AnswerDraftSerializer(data=request.data, partial=True)
        change.is_valid(raise_exception=True)
        limits.spend(limits.EDITS, member=member, at=now)
        answers.edit(answer=answer, by=member, at=now, **{"body": answer.body, **change.validated_data})
        return Response(told(request, access.answer_for(member, pk)))

    @operation(
        "answers_destroy",
        "Delete an answer",
        {204: None},
        refuses=("not_authenticated", "not_found", cases.Claimed, cases.Decided),
        limit=limits.EDITS,
        description=(
            f"{FOR_ITS_AUTHOR} A removal by moderators is a decision: the author gets the reasons. An accepted one is "
            "un-accepted first. Deleting it again changes nothing."
        ),
    )
    def delete(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        answer = access.own_answer_for(member, pk)
        limits.spend(limits.EDITS, member=member, at=now)
        removals.remove(post=answer, by=member, at=now)
        return Response(status=204)


class AnswerVote(ApiView):
    """One's opinion of an answer."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "answers_vote",
        "Find an answer helpful or not",
        {200: AnswerSerializer},
        refuses=("not_authenticated", "not_found", votes.OwnAnswer, votes.NotTrustedYet, threads.Gone),
        limit=limits.VOTES,
        request=VoteSerializer,
        description=(
            f"A -1 takes a trust of {Vote.DOWN_FROM_TRUST}, puts the answer further down and is shown to nobody else."
        ),
    )
    def put(self, request: Request, pk: int) -> Response:
        opinion = VoteSerializer(data=request.data)
        opinion.is_valid(raise_exception=True)
        return Response(told(request, _vote(request, pk, opinion.validated_data["value"])))

    @operation(
        "answers_unvote",
        "Take your vote back",
        {204: None},
        refuses=("not_authenticated", "not_found", votes.OwnAnswer, threads.Gone),
        limit=limits.VOTES,
    )
    def delete(self, request: Request, pk: int) -> Response:
        _vote(request, pk, 0)
        return Response(status=204)


class AnswerAcceptance(ApiView):
    """What solved the question, said by who asked it."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "answers_accept",
        "Accept an answer",
        {200: AnswerSerializer},
        refuses=("not_authenticated", "not_found", answers.NotAsker, threads.Gone),
        limit=limits.VOTES,
        description="It takes the place of any other accepted answer.",
    )
    def put(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        answer = access.answer_for(member, pk)
        limits.spend(limits.VOTES, member=member, at=now)
        answers.accept(answer=answer, by=member, at=now)
        return Response(told(request, access.answer_for(member, pk)))

    @operation(
        "answers_unaccept",
        "Take the acceptance back",
        {204: None},
        refuses=("not_authenticated", "not_found", answers.NotAsker),
        limit=limits.VOTES,
        description="With it goes everything that it earned.",
    )
    def delete(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        answer = access.answer_for(member, pk)
        limits.spend(limits.VOTES, member=member, at=now)
        answers.unaccept(answer=answer, by=member, at=now)
        return Response(status=204)


def _vote(request: Request, pk: int, value: int) -> Answer:
    member, now = member_of(request), timezone.now()
    answer = access.answer_for(member, pk)
    limits.spend(limits.VOTES, member=member, at=now)
    return votes.cast(answer=answer, voter=member, value=value, at=now)


def told(request: Request, answer: Answer) -> dict[str, object]:
    """An answer as its readers get it."""
    opinions = rows.opinions(member_of(request), [answer])
    context = {"request": request, "opinions": opinions, "owned": _owned([answer])}
    return dict(AnswerSerializer(answer, context=context).data)


def _owned(answers: Iterable[Answer]) -> dict[int, datetime]:
    """Since when the authors own the product of the thread that all ``answers`` belong to."""
    product = next((answer.thread.product_id for answer in answers), None)
    return ownership.since(product, (answer.author_id for answer in answers))
