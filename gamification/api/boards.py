"""The boards over HTTP, and whether one is shown there."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community import access as doors
from community import limits
from community.api.base import ApiView
from community.api.people import member_of, person_of
from community.api.schema import operation
from community.models import Member
from gamification import access
from gamification.api.serializers import PlaceSerializer
from gamification.models import BoardScore
from gamification.queries import boards
from gamification.queries.days import site_day
from gamification.rules import Span
from gamification.services import boards as services

HELPERS = "helpers"
SPANS: dict[str, Span] = {"week": "week", "month": "month", "season": "season", "all": "all"}


class SeasonSerializer(serializers.Serializer[Any]):
    """A season with its days."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()


class BoardSerializer(serializers.Serializer[Any]):
    """The best of a period, and your own place wherever it is."""

    period = serializers.ChoiceField(choices=BoardScore.Span.choices)
    starts_on = serializers.DateField()
    season = SeasonSerializer(allow_null=True, help_text="Null for other periods.")
    results = PlaceSerializer(many=True)
    own = PlaceSerializer(allow_null=True, help_text="Null for visitors and without any score.")
    around = PlaceSerializer(many=True, help_text="You and those just before and after you; empty where `own` is null.")


class BoardQuery(serializers.Serializer[Any]):
    """Which period, ending today; or which season."""

    period = serializers.ChoiceField(choices=BoardScore.Span.choices, default=BoardScore.Span.WEEK)
    season = serializers.SlugField(required=False, help_text="With `period=season`: another one than the present.")


class Board(ApiView):
    """The reputation gained by helping, of everything or of one topic."""

    permission_classes = (AllowAny,)

    @operation(
        "boards_retrieve",
        "Tell who helped most in a week, a month, a season or ever",
        {200: BoardSerializer},
        refuses=("not_found",),
        parameters=(BoardQuery,),
        description=(
            "The board `helpers` counts reputation; that of a topic has the topic's slug. The first 50 places. Without "
            "a season, `period=season` is not found."
        ),
    )
    def get(self, request: Request, slug: str) -> Response:
        query = BoardQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        person = person_of(request)
        board = boards.board(
            SPANS[query.validated_data["period"]],
            today=site_day(timezone.now()),
            topic=None if slug == HELPERS else doors.topic_for(person, slug),
            season=access.season_for(person, found) if (found := query.validated_data.get("season")) else None,
        )
        if board is None:
            raise doors.NotFound
        own = boards.place_of(person, board) if isinstance(person, Member) else None
        told = {
            "period": board.span,
            "starts_on": board.start,
            "season": board.season,
            "results": boards.best(board),
            "own": own,
            "around": boards.around(own, board) if own else [],
        }
        return Response(BoardSerializer(told, context={"request": request}).data)


class Quiet(ApiView):
    """Whether you are hidden from boards; points, badges and rewards stay as they are."""

    permission_classes = (IsAuthenticated,)

    @operation("members_quiet", "Hide yourself from boards", {204: None}, refuses=("not_authenticated", limits.TooFast))
    def put(self, request: Request) -> Response:
        return self._show(request, shown=False)

    @operation(
        "members_unquiet", "Show yourself on boards again", {204: None}, refuses=("not_authenticated", limits.TooFast)
    )
    def delete(self, request: Request) -> Response:
        return self._show(request, shown=True)

    @staticmethod
    def _show(request: Request, *, shown: bool) -> Response:
        member, now = member_of(request), timezone.now()
        limits.spend(limits.BOARDS, member=member, at=now)
        services.show(member=member, shown=shown, at=now)
        return Response(status=204)
