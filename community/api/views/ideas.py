"""Ideas and contests: list, propose, read, change, vote."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils import timezone
from rest_framework.permissions import AllowAny, IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from community import limits
from community.access import ideas as doors
from community.api.base import ApiView
from community.api.idempotency import idempotent
from community.api.pagination import KeysetPagination, PageQuery, paged
from community.api.people import member_of, person_of
from community.api.schema import operation
from community.api.serializers.ideas import (
    ContestSerializer,
    IdeaDraftSerializer,
    IdeaQuery,
    IdeaSerializer,
    IdeaTextSerializer,
)
from community.keyset import BadCursor
from community.models import Idea, Member
from community.queries import contests as contest_rows
from community.queries import ideas as rows
from community.services import ballots, idea_votes, ideas, toolkits

VOTING = ("not_authenticated", "not_found", idea_votes.OwnIdea, idea_votes.NotVoting, ideas.IdeaGone)


class Contests(ApiView):
    """What is asked of the members."""

    permission_classes = (AllowAny,)
    pagination_class = KeysetPagination

    @operation(
        "contests_list",
        "List the contests",
        {200: ContestSerializer(many=True)},
        refuses=(BadCursor,),
        parameters=(PageQuery,),
        description="With the toolkit of those in which something is composed.",
    )
    def get(self, request: Request) -> Response:
        query, person = PageQuery.of(request), person_of(request)
        found = contest_rows.with_toolkits(doors.contests_for(person))
        page = contest_rows.page(found, cursor=query.get("cursor"), size=query["limit"])
        spent = contest_rows.spent(person, list(page)) if isinstance(person, Member) else None
        return paged(request, page, ContestSerializer, spent=spent)


class Ideas(ApiView):
    """The board, or the entries of one contest."""

    permission_classes = (IsAuthenticatedOrReadOnly,)
    pagination_class = KeysetPagination

    @operation(
        "ideas_list",
        "List ideas",
        {200: IdeaSerializer(many=True)},
        refuses=(BadCursor, "not_found"),
        parameters=(IdeaQuery,),
        description="While the votes of a contest are blind, its ideas come by time, whatever `sort` says.",
    )
    def get(self, request: Request) -> Response:
        query, person = IdeaQuery.of(request), person_of(request)
        slug, size = query.pop("contest", None), query.pop("limit")
        contest = doors.contest_for(person, slug) if slug else None
        found = rows.with_facts(doors.ideas_for(person))
        page = rows.page(found, contest=contest, size=size, **query)
        return paged(request, page, IdeaSerializer, voted=_voted(request, page.results))

    @operation(
        "ideas_create",
        "Propose an idea",
        {201: IdeaSerializer},
        refuses=("not_authenticated", "not_found", ideas.NotCollecting, toolkits.NoToolkit, toolkits.NotComposed),
        limit=limits.IDEAS,
        idempotent=True,
        request=IdeaDraftSerializer,
        description="With `contest` it is an entry there; `remix_of` names the entry that it starts from.",
    )
    @idempotent
    def post(self, request: Request) -> Response:
        member, now = member_of(request), timezone.now()
        draft = IdeaDraftSerializer(data=request.data)
        draft.is_valid(raise_exception=True)
        said = dict(draft.validated_data)
        slug, remix = said.pop("contest"), said.pop("remix_of")
        contest = doors.contest_for(member, slug) if slug else None
        remix_of = doors.remixed_idea_for(member, remix, contest=contest) if remix else None
        limits.spend(limits.IDEAS, member=member, at=now)
        idea = ideas.create(author=member, contest=contest, remix_of=remix_of, at=now, **said)
        return Response(_told(request, doors.idea_for(member, idea.pk)), status=201)


class IdeaDetail(ApiView):
    """One idea."""

    permission_classes = (IsAuthenticatedOrReadOnly,)

    @operation(
        "ideas_retrieve",
        "Tell an idea",
        {200: IdeaSerializer, 301: None},
        refuses=("not_found",),
        description="An idea that was merged answers 301 with the `Location` of the one that stays.",
    )
    def get(self, request: Request, pk: int) -> Response:
        idea = doors.idea_for(person_of(request), pk)
        if idea.merged_into_id:
            return Response(status=301, headers={"Location": request.build_absolute_uri(f"../{idea.merged_into_id}/")})
        return Response(_told(request, idea))

    @operation(
        "ideas_update",
        "Change an idea",
        {200: IdeaSerializer},
        refuses=("not_authenticated", "not_found", ideas.IdeaGone, ideas.NotCollecting, toolkits.NotComposed),
        limit=limits.EDITS,
        request=IdeaTextSerializer,
        description="For its author and moderators. Send only what shall change.",
    )
    def patch(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        idea = doors.own_idea_for(member, pk)
        change = IdeaTextSerializer(data=request.data, partial=True)
        change.is_valid(raise_exception=True)
        limits.spend(limits.EDITS, member=member, at=now)
        kept = {name: getattr(idea, name) for name in ("title", "body", "product", "topic")}
        ideas.edit(idea=idea, by=member, at=now, **{**kept, **change.validated_data})
        return Response(_told(request, doors.idea_for(member, pk)))


class IdeaVoting(ApiView):
    """Your vote for an idea."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "ideas_vote",
        "Vote for an idea",
        {200: IdeaSerializer},
        refuses=(*VOTING, ballots.BudgetSpent),
        limit=limits.VOTES,
        description="A second time changes nothing. In a contest it takes one vote from your budget.",
    )
    def put(self, request: Request, pk: int) -> Response:
        return Response(_told(request, _vote(request, pk, idea_votes.give)))

    @operation("ideas_unvote", "Take your vote back", {204: None}, refuses=VOTING, limit=limits.VOTES)
    def delete(self, request: Request, pk: int) -> Response:
        _vote(request, pk, idea_votes.withdraw)
        return Response(status=204)


def _vote(request: Request, pk: int, deed: Callable[..., Idea]) -> Idea:
    member, now = member_of(request), timezone.now()
    idea = doors.present_idea_for(member, pk)
    limits.spend(limits.VOTES, member=member, at=now)
    deed(idea=idea, voter=member, at=now)
    return doors.idea_for(member, pk)


def _voted(request: Request, found: Sequence[Idea]) -> set[int]:
    person = person_of(request)
    return rows.voted(person if isinstance(person, Member) else None, found)


def _told(request: Request, idea: Idea) -> dict[str, object]:
    return dict(IdeaSerializer(idea, context={"request": request, "voted": _voted(request, [idea])}).data)
