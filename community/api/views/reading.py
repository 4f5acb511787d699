"""Have the same question; name the brand's official answer."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community import access, limits
from community.api.base import ApiView
from community.api.people import member_of
from community.api.schema import operation
from community.api.serializers.posts import AnswerSerializer
from community.api.serializers.reading import MeTooSerializer
from community.api.views.answers import told
from community.models import Thread
from community.services import metoos, official, threads

MEMBERS = ("not_authenticated", "not_found")
FOR_THE_BRAND = "For the brand's team and moderators."


class ThreadMeToo(ApiView):
    """Having the same question."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "threads_me_too",
        "Have the same question",
        {200: MeTooSerializer},
        refuses=(*MEMBERS, metoos.OwnQuestion, threads.Gone),
        limit=limits.VOTES,
        description="Follows the question too: you are told when it is solved.",
    )
    def put(self, request: Request, pk: int) -> Response:
        thread = _say(request, pk, 1)
        return Response(MeTooSerializer({"me_too": True, "me_too_count": thread.me_too_count}).data)

    @operation(
        "threads_me_too_withdraw",
        "Have the same question no longer",
        {204: None},
        refuses=(*MEMBERS, metoos.OwnQuestion, threads.Gone),
        limit=limits.VOTES,
    )
    def delete(self, request: Request, pk: int) -> Response:
        _say(request, pk, 0)
        return Response(status=204)


class AnswerOfficial(ApiView):
    """Which answer is the brand's."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "answers_make_official",
        "Make an answer the brand's official one",
        {200: AnswerSerializer},
        refuses=(*MEMBERS, threads.Gone),
        limit=limits.VOTES,
        description=f"{FOR_THE_BRAND} It takes the place of any other official answer.",
    )
    def put(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        answer = access.official_answer_for(member, pk)
        limits.spend(limits.VOTES, member=member, at=now)
        official.choose(answer=answer, by=member, at=now)
        return Response(told(request, access.answer_for(member, pk)))

    @operation(
        "answers_make_unofficial",
        "Let an answer be official no longer",
        {204: None},
        refuses=MEMBERS,
        limit=limits.VOTES,
        description=FOR_THE_BRAND,
    )
    def delete(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        answer = access.official_answer_for(member, pk)
        limits.spend(limits.VOTES, member=member, at=now)
        official.withdraw(answer=answer, by=member, at=now)
        return Response(status=204)


def _say(request: Request, pk: int, value: int) -> Thread:
    member, now = member_of(request), timezone.now()
    thread = access.thread_for(member, pk)
    limits.spend(limits.VOTES, member=member, at=now)
    return metoos.say(thread=thread, member=member, value=value, at=now)
