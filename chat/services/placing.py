"""The queue: everybody who waits is offered to somebody who is free, in their order, or led on where nobody is left."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from chat import conditions, scoring
from chat.conditions import Route, Situation
from chat.models import Conversation, HelpRequest, Message, Offer, Responder, RoutingDecision, Target
from chat.queries import roster, waiting
from chat.scoring import Candidate, Ranked, Wanted
from chat.services import hints, messages, routing

OFFER_LASTS = timedelta(seconds=30)
#: So many people say no, or nothing, before the next target is asked.
DECLINES_MOST = 2
#: How many of the line are looked at in one go.
AT_ONCE = 200

#: Where a request waits and where it may go from there.
PLACE = ["target", "fallbacks", "declines"]

Roster = dict[str, list[Candidate]]
State = Conversation.State


def serve(*, at: datetime) -> int:
    """Offer whoever waits to somebody who is free, those in front first; return how many moved.

    Each in a transaction of its own: nobody holds two people's places at once, so nobody waits for each other.
    """
    line = list(waiting.line()[:AT_ONCE])
    people = _people(line, at) if line else {}
    return sum(_serve_one(asked, people, at) for asked in line if not _keeps_waiting(asked, people))


def _people(line: Sequence[HelpRequest], at: datetime) -> Roster:
    """Who is there, with what they know of what the line asks about."""
    products, topics = _asked_about(line)
    return roster.there(at, products=products, topics=topics)


def _asked_about(line: Sequence[HelpRequest]) -> tuple[set[str], set[str]]:
    """The products and the topics that a line asks about."""
    return {asked.product.slug for asked in line if asked.product}, {asked.topic.slug for asked in line if asked.topic}


def _keeps_waiting(asked: HelpRequest, people: Roster) -> bool:
    """Whether those who could help are all busy: then there is nothing to decide, and nothing is locked."""
    wanted = Wanted(asked.language, avoid=frozenset(asked.avoid))
    here = [one for one in people[asked.target] if scoring.can_help(one, wanted)]
    return bool(here) and all(one.load >= one.capacity for one in here)


@transaction.atomic
def _serve_one(asked: HelpRequest, people: Roster, at: datetime) -> bool:
    rows = Conversation.objects.select_for_update(skip_locked=True)
    if rows.filter(pk=asked.conversation_id, state=State.QUEUED).first() is None or lock(asked) != State.QUEUED:
        return False
    outcome = place(asked=asked, cause=RoutingDecision.Cause.SERVED, at=at, people=people)
    return outcome != RoutingDecision.Outcome.QUEUED


def lock(asked: HelpRequest) -> str:
    """Hold the conversation until commit, read the request anew, and return its state."""
    conversation = Conversation.objects.select_for_update().get(pk=asked.conversation_id)
    asked.refresh_from_db()
    asked.conversation = conversation
    return conversation.state


def place(
    *,
    asked: HelpRequest,
    cause: RoutingDecision.Cause,
    at: datetime,
    people: Roster | None = None,
    situation: Situation | None = None,
    route: Route | None = None,
    began: float | None = None,
) -> RoutingDecision.Outcome:
    """Find somebody for a queued request, whose conversation is locked, and keep the decision.

    A wait that changes nothing is not decided again: only the first one is kept.
    """
    began = time.perf_counter() if began is None else began
    before = asked.target
    behind = cause != RoutingDecision.Cause.SERVED and _is_behind(asked)
    outcome, ranked, responder = _find(asked, people, at, behind=behind)
    if (outcome, cause, before) == (RoutingDecision.Outcome.QUEUED, RoutingDecision.Cause.SERVED, asked.target):
        return outcome
    routing.keep(
        asked=asked,
        cause=cause,
        outcome=outcome,
        at=at,
        situation=situation or routing.situation_of(asked, at),
        route=route,
        ranked=ranked,
        responder=responder,
        milliseconds=(time.perf_counter() - began) * 1000,
    )
    hints.changed(asked.conversation)
    return outcome


def _is_behind(asked: HelpRequest) -> bool:
    """Whether others wait for the same people: then the line is served in its order, after commit."""
    return waiting.line().filter(target=asked.target).exclude(pk=asked.pk).exists()


def _find(
    asked: HelpRequest, people: Roster | None, at: datetime, *, behind: bool
) -> tuple[RoutingDecision.Outcome, list[Ranked], int | None]:
    """Go from target to target until somebody is found, or is busy, or nobody is left."""
    wanted = _wanted(asked)
    while asked.target in conditions.PEOPLE:
        ranked: list[Ranked] | None = None
        for ranked in _rankings(asked, wanted, people, at) if asked.declines < DECLINES_MOST else ():
            if behind:
                break
            for one in ranked:
                if _claim(asked, one, people, at):
                    return RoutingDecision.Outcome.OFFERED, ranked, one.pk
        if ranked is not None:
            return RoutingDecision.Outcome.QUEUED, ranked, None
        hints.line_moved(asked.target, at)
        _lead_on(asked)
    if asked.target == Target.BOT:
        _to_bot(asked)
        return RoutingDecision.Outcome.BOT, [], None
    leave_message(asked=asked, at=at)
    return RoutingDecision.Outcome.MESSAGE, [], None


def _rankings(asked: HelpRequest, wanted: Wanted, people: Roster | None, at: datetime) -> Iterator[list[Ranked]]:
    """Those of the target who are free, ranked; nothing where nobody could help at all, and nobody where all are busy.

    Whoever knows the thing comes before everybody else. So where many of them are free, they are all that is read, and
    the others are only asked for once none of them could be claimed.
    """
    draw = routing.lot(asked.conversation, f"explore:{len(asked.avoid)}")
    if people is None and (wanted.product or wanted.topic):
        ranked = scoring.rank(_here(asked, at, only_knowing=True), wanted, draw=draw)
        if len(ranked) >= routing.CANDIDATES_KEPT:
            yield ranked
    here = _here(asked, at) if people is None else people[asked.target]
    if any(scoring.can_help(one, wanted) for one in here):
        yield scoring.rank(here, wanted, draw=draw)


def _here(asked: HelpRequest, at: datetime, *, only_knowing: bool = False) -> list[Candidate]:
    """Who of the target is there, for one request."""
    products, topics = _asked_about([asked])
    found = roster.there(at, groups=[asked.target], products=products, topics=topics, only_knowing=only_knowing)
    return found[asked.target]


def _wanted(asked: HelpRequest) -> Wanted:
    return Wanted(
        language=asked.language,
        product=asked.product.slug if asked.product else None,
        topic=asked.topic.slug if asked.topic else None,
        last=roster.last_helper(asked),
        avoid=roster.unwelcome(asked),
    )


def _claim(asked: HelpRequest, one: Ranked, people: Roster | None, at: datetime) -> bool:
    """Take one of the responder's places and make the offer, or neither."""
    free = Responder.objects.filter(pk=one.pk, is_enabled=True, available=True, load__lt=F("capacity"))
    if not free.update(load=F("load") + 1):
        return False
    Conversation.objects.filter(pk=asked.conversation_id).update(state=State.OFFERED)
    hints.line_moved(asked.target, at)
    asked.conversation.state = State.OFFERED
    offer = Offer.objects.create(
        conversation=asked.conversation, responder_id=one.pk, at=at, expires_at=at + OFFER_LASTS
    )
    if people is not None:
        people[asked.target] = [_busier(other) if other.pk == one.pk else other for other in people[asked.target]]
    hints.offered(offer)
    return True


def _busier(one: Candidate) -> Candidate:
    return replace(one, load=one.load + 1)


def _lead_on(asked: HelpRequest) -> None:
    """The next target; in the end a message can always be left."""
    asked.target, *rest = asked.fallbacks or [Target.MESSAGE]
    asked.fallbacks, asked.declines = rest, 0
    asked.save(update_fields=PLACE)


def _to_bot(asked: HelpRequest) -> None:
    asked.queued_at = None
    asked.save(update_fields=["queued_at"])
    Conversation.objects.filter(pk=asked.conversation_id).update(state=State.ACTIVE)
    asked.conversation.state = State.ACTIVE


def leave_message(*, asked: HelpRequest, at: datetime) -> None:
    """Let the question stand as a message that the team answers later."""
    hints.line_moved(asked.target, at)
    asked.target, asked.fallbacks, asked.queued_at, asked.front = Target.MESSAGE, [], None, False
    asked.save(update_fields=["target", "fallbacks", "queued_at", "front"])
    Conversation.objects.filter(pk=asked.conversation_id).update(state=State.LEFT_MESSAGE)
    asked.conversation.state = State.LEFT_MESSAGE
    tell(asked, "left_message", at)


def queue(*, asked: HelpRequest, at: datetime, front: bool = False) -> None:
    """Put a request, whose conversation is locked, into the line of its target."""
    asked.queued_at = asked.queued_at or at
    asked.front = asked.front or front
    asked.responder, asked.helped_at = None, None
    asked.save(update_fields=[*PLACE, "queued_at", "front", "responder", "helped_at", "avoid", "summary", "lost_at"])
    Conversation.objects.filter(pk=asked.conversation_id).update(state=State.QUEUED)
    asked.conversation.state = State.QUEUED
    hints.changed(asked.conversation)
    hints.line_moved(asked.target, at)
    transaction.on_commit(lambda: serve(at=at), robust=True)


def release(responder: int) -> None:
    """Give one of a responder's places back; whoever waits longest is offered it after commit."""
    Responder.objects.filter(pk=responder, load__gt=0).update(load=F("load") - 1)


def tell(asked: HelpRequest, event: str, at: datetime, **facts: object) -> None:
    """Note in the log what happened to the conversation; it is worded for whoever reads it."""
    messages.say(conversation=asked.conversation, kind=Message.Kind.SYSTEM, data={"event": event, **facts}, at=at)
