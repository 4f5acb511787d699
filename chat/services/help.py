"""Asking for help: begin it, ask for a person, leave a message, come back, end it."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from chat import conditions
from chat.models import Conversation, HelpRequest, Offer, Participant, Responder, RoutingDecision, Target, Visitor
from chat.services import bot, conversations, hints, messages, placing, ratings, routing
from community import activity, words
from community.models import Member, Product, Topic
from community.refusals import Refusal

#: So many questions of one person are open at once; more would keep others from being helped.
OPEN_MOST = 3
State = Conversation.State


class TooMany(Refusal):
    """The person has asked enough that is not over yet."""

    code = "help_too_many"
    message = _("Some of your questions are still open. Go on with one of them, or close it first.")


class NotWaiting(Refusal):
    """There is nothing to be done about this request in its present state."""

    code = "help_not_open"
    message = _("This conversation has moved on in the meantime.")


class BadAddress(Refusal):
    """That is no e-mail address."""

    code = "email_invalid"
    message = _("Enter an e-mail address such as name@example.com.")
    field = "email"
    status = 422


@dataclass(frozen=True, slots=True)
class Context:
    """Where somebody asks from, as the page told it; what the shop's server vouched for stands with the visitor."""

    phase: str = "before"
    language: str = "de"
    product: Product | None = None
    topic: Topic | None = None
    page_url: str = ""
    page_title: str = ""
    cart: list[dict[str, Any]] = field(default_factory=list)
    cart_value: Decimal | None = None
    cart_currency: str = ""
    cart_shared: bool = False


@transaction.atomic
def ask(
    *, by: Member | Visitor, context: Context, at: datetime, question: str = "", client_id: uuid.UUID | None = None
) -> HelpRequest:
    """Begin a conversation with whoever the rules say: the bot, a person who is free, or the line for one.

    Raises ``TooMany``, and what ``messages.send`` raises about the question.
    """
    asker = {"member": by} if isinstance(by, Member) else {"visitor": by}
    open_states = (State.QUEUED, State.OFFERED, State.ACTIVE)
    if HelpRequest.objects.filter(**asker, conversation__state__in=open_states).count() >= OPEN_MOST:
        raise TooMany
    conversation = Conversation.objects.create(
        kind=Conversation.Kind.HELP, token=conversations.new_token(), created_at=at, active_at=at
    )
    asked = _stored(conversation, by, context, question, at)
    place = Participant.objects.create(conversation=conversation, part=Participant.Part.ASKER, joined_at=at, **asker)
    conversations.announce(conversation=conversation, people=(by,))
    if question.strip():
        messages.send(participant=place, client_id=client_id or uuid.uuid4(), body=question, at=at)
        conversation.refresh_from_db()
    _route(asked, at)
    return asked


def _stored(
    conversation: Conversation, by: Member | Visitor, context: Context, question: str, at: datetime
) -> HelpRequest:
    visitor = by if isinstance(by, Visitor) else None
    vouched = visitor is not None and visitor.vouched_until is not None and at < visitor.vouched_until
    asker: dict[str, Any] = {"visitor": by} if visitor else {"member": by}
    return HelpRequest.objects.create(
        conversation=conversation,
        phase=context.phase,
        language=context.language,
        product=context.product,
        topic=context.topic,
        page_url=context.page_url[:500],
        page_title=context.page_title[:200],
        cart=context.cart,
        cart_value=context.cart_value,
        cart_currency=context.cart_currency,
        cart_shared=context.cart_shared,
        returning=visitor.visits > 1 if visitor else True,
        crm=visitor.crm if visitor and vouched else {},
        about_order=conditions.is_about_order(context.phase, question),
        asked_at=at,
        asker_seen_at=at,
        **asker,
    )


def _route(asked: HelpRequest, at: datetime) -> None:
    began = time.perf_counter()
    situation = routing.situation_of(asked, at)
    route = conditions.route(
        routing.in_force(),
        situation,
        draw=routing.lot(asked.conversation, "hold_out"),
        about_order=asked.about_order,
    )
    asked.target, asked.fallbacks, asked.held_out = route.target, list(route.fallbacks), route.held_out
    asked.save(update_fields=["target", "fallbacks", "held_out"])
    if asked.target in conditions.PEOPLE:
        placing.queue(asked=asked, at=at)
    cause = RoutingDecision.Cause.ASKED
    outcome = placing.place(asked=asked, cause=cause, at=at, situation=situation, route=route, began=began)
    _say_looking(asked, outcome, at)


def _say_looking(asked: HelpRequest, outcome: RoutingDecision.Outcome, at: datetime) -> None:
    if outcome in (RoutingDecision.Outcome.OFFERED, RoutingDecision.Outcome.QUEUED):
        placing.tell(asked, "queued", at)


@transaction.atomic
def want_person(*, asked: HelpRequest, at: datetime) -> HelpRequest:
    """Lead somebody on to a person; who has one, or waits for one, keeps what they have. Raises ``NotWaiting``."""
    state = placing.lock(asked)
    if state in (State.QUEUED, State.OFFERED) or (state == State.ACTIVE and asked.responder_id is not None):
        return asked
    if state == State.CLOSED:
        raise NotWaiting
    people: list[str] = [target for target in asked.fallbacks if target in conditions.PEOPLE]
    usual: list[str] = [Target.AGENTS] if asked.about_order else [Target.AMBASSADORS, Target.AGENTS]
    asked.target, *asked.fallbacks = [*(people or usual), Target.MESSAGE]
    asked.declines = 0
    bot.hand_over(asked=asked, at=at)
    placing.queue(asked=asked, at=at)
    _say_looking(asked, placing.place(asked=asked, cause=RoutingDecision.Cause.PERSON, at=at), at)
    return asked


@transaction.atomic
def leave(*, asked: HelpRequest, at: datetime, email: str = "") -> HelpRequest:
    """Let somebody go who waits: the question stands as a message, and the answer comes by e-mail if they want it.

    Raises ``NotWaiting`` and ``BadAddress``.
    """
    address = _address(email)
    state = placing.lock(asked)
    if state == State.CLOSED:
        raise NotWaiting
    if address:
        asked.tell = True
        asked.save(update_fields=["tell"])
        if asked.visitor_id is not None:
            Visitor.objects.filter(pk=asked.visitor_id).update(email=address)
    if state == State.OFFERED:
        _withdraw(asked.conversation, at)
    if state in (State.QUEUED, State.OFFERED) or (state == State.ACTIVE and asked.responder_id is None):
        placing.leave_message(asked=asked, at=at)
    hints.changed(asked.conversation)
    return asked


def _address(email: str) -> str:
    address = words.line(email)
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise BadAddress from error
    return address


@transaction.atomic
def close(*, asked: HelpRequest, by: Member | Visitor, at: datetime) -> HelpRequest:
    """End the conversation, from either side; twice is once. What was said stays readable for both."""
    state = placing.lock(asked)
    if state == State.CLOSED:
        return asked
    if state == State.OFFERED:
        _withdraw(asked.conversation, at)
    if state == State.ACTIVE and asked.responder_id is not None:
        _helped(asked, asked.responder_id, at)
    if state == State.QUEUED:
        hints.line_moved(asked.target, at)
    placing.tell(asked, "closed", at, by="asker" if _asked(asked, by) else "helper")
    asked.queued_at, asked.front = None, False
    asked.save(update_fields=["queued_at", "front"])
    Conversation.objects.filter(pk=asked.conversation_id).update(state=State.CLOSED, closed_at=at)
    asked.conversation.state, asked.conversation.closed_at = State.CLOSED, at
    ratings.invite(asked=asked, at=at)
    hints.changed(asked.conversation)
    transaction.on_commit(lambda: placing.serve(at=at), robust=True)
    return asked


def _asked(asked: HelpRequest, by: Member | Visitor) -> bool:
    return by.pk == (asked.member_id if isinstance(by, Member) else asked.visitor_id)


def _helped(asked: HelpRequest, responder: int, at: datetime) -> None:
    """Free the helper's place, and record that their talk is over and, where they said something, that they helped."""
    placing.release(responder)
    helper = Responder.objects.select_related("member").get(pk=responder)
    talk = asked.conversation
    facts = {"phase": asked.phase, "group": helper.group}
    activity.record(
        verb=activity.CONVERSATION_CLOSED,
        key=f"{activity.CONVERSATION_CLOSED}:{talk.pk}",
        actor=helper.member,
        subject=("conversation", talk.pk),
        at=at,
        facts=facts,
    )
    if not talk.messages.filter(member=helper.member).exists():
        return
    Responder.objects.filter(pk=responder).update(helped_count=F("helped_count") + 1)
    activity.record(
        verb=activity.CONVERSATION_HELPED,
        key=f"{activity.CONVERSATION_HELPED}:{talk.pk}",
        actor=helper.member,
        subject=("conversation", talk.pk),
        at=at,
        facts=facts,
    )


def _withdraw(conversation: Conversation, at: datetime) -> None:
    """Take the open offer back, and give its place in the load."""
    offer = Offer.objects.filter(conversation=conversation, state=Offer.State.OPEN).first()
    if offer is None:
        return
    Offer.objects.filter(pk=offer.pk).update(state=Offer.State.WITHDRAWN, decided_at=at)
    offer.state = Offer.State.WITHDRAWN
    placing.release(offer.responder_id)
    hints.offered(offer)
