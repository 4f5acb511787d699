"""Where a question goes: the rules in force are asked, and what they said is kept with everything it came from."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from chat import parsing
from chat.conditions import Route, Rule, Situation
from chat.models import Conversation, HelpRequest, RoutingDecision, RoutingRule
from chat.scoring import Ranked

logger = logging.getLogger("kundenkreis.routing")
#: How many of the candidates a decision keeps; the others stand behind them in the same order.
CANDIDATES_KEPT = 20


def in_force() -> list[Rule]:
    """The rules that are asked, in their order. One that cannot be read is left out, and the log says so."""
    found = []
    for row in RoutingRule.objects.filter(is_active=True).order_by("position", "id"):
        try:
            found.append(as_rule(row))
        except parsing.Malformed as error:
            logger.error("routing rule %s is malformed: %s", row.pk, error.field)  # noqa: TRY400 - the name is enough
    return found


def as_rule(row: RoutingRule) -> Rule:
    """A stored rule as it is asked. Raises ``parsing.Malformed``."""
    return Rule(
        pk=row.pk,
        name=row.name,
        conditions=parsing.parse(row.conditions),
        target=row.target,
        fallbacks=tuple(row.fallbacks),
        hold_out=row.hold_out,
    )


def situation_of(asked: HelpRequest, at: datetime) -> Situation:
    """What is known of a request at the moment; the clock is the site's own."""
    local = timezone.localtime(at)
    return Situation(
        phase=asked.phase,
        language=asked.language,
        page=asked.page_url,
        product=asked.product.slug if asked.product else None,
        topic=asked.topic.slug if asked.topic else None,
        cart=asked.cart_value,
        returning=asked.returning,
        weekday=local.weekday(),
        minute=local.hour * 60 + local.minute,
        crm=asked.crm,
        queue=waiting_by_target(),
    )


def waiting_by_target() -> Counter[str]:
    """How many wait for each target."""
    rows = HelpRequest.objects.filter(queued_at__isnull=False, conversation__state=Conversation.State.QUEUED)
    return Counter(rows.order_by().values_list("target", flat=True))


def lot(conversation: Conversation, purpose: str) -> float:
    """A lot in [0, 1) drawn from the conversation's own random name, so that a decision can be checked afterwards."""
    digest = hashlib.sha256(f"{purpose}:{conversation.token}".encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48


def keep(
    *,
    asked: HelpRequest,
    cause: RoutingDecision.Cause,
    outcome: RoutingDecision.Outcome,
    at: datetime,
    milliseconds: float,
    situation: Situation,
    route: Route | None = None,
    ranked: Iterable[Ranked] = (),
    responder: int | None = None,
) -> RoutingDecision:
    """Store a decision as it was taken."""
    rule = route.rule if route else None
    return RoutingDecision.objects.create(
        help=asked,
        at=at,
        cause=cause,
        outcome=outcome,
        situation=situation.as_json(),
        tried=[_tried(one, missed) for one, missed in route.tried] if route else [],
        candidates=[_candidate(one) for one in list(ranked)[:CANDIDATES_KEPT]],
        rule_id=rule.pk if rule else None,
        target=asked.target,
        responder_id=responder,
        held_out=asked.held_out,
        milliseconds=round(milliseconds, 2),
    )


def _tried(rule: Rule, missed: str | None) -> dict[str, Any]:
    return {
        "rule": rule.pk,
        "name": rule.name,
        "met": missed is None,
        "missed": missed,
        "asks": rule.conditions.names(),
        "target": rule.target,
    }


def _candidate(one: Ranked) -> dict[str, Any]:
    return {
        "responder": one.pk,
        "score": round(one.score, 4),
        "knows": one.knows,
        "expertise": one.expertise,
        "rating": one.rating,
        "load": one.load,
        "last_time": one.last_time,
        "explored": one.explored,
    }
