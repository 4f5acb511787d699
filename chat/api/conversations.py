"""Conversations and their log over HTTP: every frame of the socket has its twin here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from chat import access, frames
from chat.api.base import ChatView, somebody, spend
from chat.api.serializers import (
    BeginConversationSerializer,
    ConversationSerializer,
    HowFarSerializer,
    LogQuery,
    LogSerializer,
    MessageSerializer,
    SendSerializer,
)
from chat.models import Conversation, Visitor
from chat.queries import log, talks
from chat.services import conversations, messages
from chat.services import help as helping
from community import limits
from community.access import NotFound, member_for, topic_for
from community.api.pagination import KeysetPagination, PageQuery
from community.api.schema import operation
from community.keyset import BadCursor
from community.models import Member
from community.queries import products

HERE = ("not_authenticated", "visitor_unknown")


class Conversations(ChatView):
    """Where somebody talks."""

    pagination_class = KeysetPagination

    @operation(
        "conversations_list",
        "List your conversations, the latest first",
        {200: ConversationSerializer(many=True)},
        refuses=(*HERE, BadCursor),
        parameters=(PageQuery,),
    )
    def get(self, request: Request) -> Response:
        query, person = PageQuery.of(request), somebody(request)
        page = talks.page(person, cursor=query.get("cursor"), size=query["limit"])
        dressed = talks.dressed(page.results, person)
        rows = [ConversationSerializer(dressed[row.pk]).data for row in page.results if row.pk in dressed]
        address = request.build_absolute_uri()
        links = {
            name: replace_query_param(address, "cursor", cursor) if cursor else None
            for name, cursor in (("next", page.next), ("previous", page.previous))
        }
        return Response({**links, "results": rows})

    @operation(
        "conversations_create",
        "Write to a member, or ask for help",
        {200: ConversationSerializer, 201: ConversationSerializer},
        request=BeginConversationSerializer,
        limit=limits.CONVERSATIONS,
        refuses=(*HERE, "not_found", conversations.Alone, messages.Unwelcome, messages.TooLong, helping.TooMany),
        description="With `to` it is the one conversation with that member (200 where there is one already). Else it "
        "asks the bot or a person for help; `product` is a SKU or a slug. A visitor asks for help only.",
    )
    def post(self, request: Request) -> Response:
        body = BeginConversationSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        person, told = somebody(request), body.validated_data
        spend(limits.CONVERSATIONS, person)
        conversation, is_new = _direct(person, told["to"]) if "to" in told else _help(request, person, told)
        return Response(_written(conversation, person), status=201 if is_new else 200)


class One(ChatView):
    """One conversation."""

    @operation(
        "conversations_retrieve", "Get a conversation", {200: ConversationSerializer}, refuses=(*HERE, "not_found")
    )
    def get(self, request: Request, pk: int) -> Response:
        person = somebody(request)
        return Response(_written(access.conversation_for(person, pk), person))


class Messages(ChatView):
    """The log of a conversation."""

    @operation(
        "conversations_messages_list",
        "Read the log of a conversation",
        {200: LogSerializer},
        refuses=(*HERE, "not_found"),
        parameters=(LogQuery,),
        description="In the order of the numbers. With `after` what came later, up to 500; with `before` what came "
        "earlier; else the newest 50.",
    )
    def get(self, request: Request, pk: int) -> Response:
        query = LogQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        participant = access.participant_for(somebody(request), pk)
        after, before = query.validated_data.get("after"), query.validated_data.get("before")
        rows = (
            log.stretch(participant, after, most=log.REPLAY_MOST)
            if after is not None
            else log.before(participant, before)
        )
        last, address = participant.conversation.last_seq, request.build_absolute_uri(request.path)
        end = rows[-1].seq if rows else last
        if rows and before is None:
            # Whoever polls has no socket that would tell what has reached them.
            conversations.received(participant=participant, seq=end)
        more = bool(rows) and end < last
        older = bool(rows) and rows[0].seq > participant.from_seq
        return Response(
            {
                "next": replace_query_param(address, "after", str(end)) if more else None,
                "previous": replace_query_param(address, "before", str(rows[0].seq)) if older else None,
                "results": [frames.message(row) for row in rows],
                "last_seq": last,
                "read_seq": participant.read_seq,
                "resync": after is not None and (after > last or more),
            }
        )

    @operation(
        "conversations_messages_create",
        "Send a message",
        {200: MessageSerializer, 201: MessageSerializer},
        request=SendSerializer,
        limit=limits.MESSAGES,
        refuses=(
            *HERE,
            "not_found",
            messages.Empty,
            messages.TooLong,
            messages.Closed,
            messages.Unwelcome,
            messages.Unanswered,
        ),
        description="201 where it is new, 200 where the `client_id` was stored before.",
    )
    def post(self, request: Request, pk: int) -> Response:
        body = SendSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        person = somebody(request)
        participant = access.participant_for(person, pk)
        spend(limits.MESSAGES, person)
        sent = messages.send(participant=participant, at=timezone.now(), **body.validated_data)
        return Response(frames.message(sent.message), status=201 if sent.is_new else 200)


class Read(ChatView):
    """How far somebody has read."""

    @operation(
        "conversations_read",
        "Say how far you have read",
        {204: None},
        request=HowFarSerializer,
        limit=limits.RECEIPTS,
        refuses=(*HERE, "not_found"),
        description="Never less than before, never more than there is.",
    )
    def post(self, request: Request, pk: int) -> Response:
        body = HowFarSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        person = somebody(request)
        participant = access.participant_for(person, pk)
        spend(limits.RECEIPTS, person)
        conversations.read(participant=participant, seq=body.validated_data["seq"])
        return Response(status=204)


class Typing(ChatView):
    """That somebody is writing."""

    @operation(
        "conversations_typing",
        "Show the others that you are writing",
        {204: None},
        limit=limits.TYPING,
        refuses=(*HERE, "not_found"),
        description="Shown for six seconds to those who have a socket, and kept nowhere.",
    )
    def post(self, request: Request, pk: int) -> Response:
        person = somebody(request)
        participant = access.participant_for(person, pk)
        spend(limits.TYPING, person)
        conversations.sign_of_writing(participant=participant)
        return Response(status=204)


def _direct(person: Member | Visitor, handle: str) -> tuple[Conversation, bool]:
    if isinstance(person, Visitor):
        raise NotFound
    at = timezone.now()
    conversation = conversations.with_member(by=person, to=member_for(person, handle), at=at)
    return conversation, conversation.created_at == at


def _help(request: Request, person: Member | Visitor, told: dict[str, Any]) -> tuple[Conversation, bool]:
    client_id = told.get("client_id")
    if client_id and (begun := log.conversation_begun_with(person, client_id)):
        return begun, False
    context = helping.Context(
        phase=told["phase"],
        language=told["language"] if told.get("language") in dict(settings.LANGUAGES) else person.language,
        product=products.called(told["product"]),
        topic=topic_for(request.user, told["topic"]) if told["topic"] else None,
        page_url=told["page"] or told["page_url"],
        page_title=told["page_title"],
        cart=told.get("cart", []),
        cart_value=told["cart_value"],
        cart_currency=told["cart_currency"],
        cart_shared=told["cart_shared"],
    )
    asked = helping.ask(by=person, context=context, question=told["question"], client_id=client_id, at=timezone.now())
    return asked.conversation, True


def _written(conversation: Conversation, person: Member | Visitor) -> Any:
    conversation.refresh_from_db()
    return ConversationSerializer(talks.dressed([conversation], person)[conversation.pk]).data
