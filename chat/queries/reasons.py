"""Why this person was chosen: what the decision says about them, as plain facts that a page puts into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chat.models import HelpRequest, Responder, RoutingDecision
from chat.queries import context, responders
from community.queries import ownership


def why(help_request: HelpRequest, responder: Responder) -> list[Mapping[str, Any]]:
    """The reasons that ``responder`` may see; none where they took it by themselves."""
    rows = RoutingDecision.objects.filter(help=help_request, responder=responder).select_related("rule")
    decision = rows.order_by("-at", "-id").first()
    if decision is None:
        return []
    return context.reasons_for(_all(decision, help_request, responder), responder)


def _all(decision: RoutingDecision, asked: HelpRequest, responder: Responder) -> Iterator[Mapping[str, Any]]:
    chosen: Mapping[str, Any] = next((one for one in decision.candidates if one["responder"] == responder.pk), {})
    if asked.product and ownership.since(asked.product.pk, [responder.member_id]):
        yield {"reason": "owns", "product": asked.product.name}
    elif asked.product and responder.products.filter(pk=asked.product.pk).exists():
        yield {"reason": "product", "product": asked.product.name}
    elif asked.topic and chosen.get("knows"):
        yield {"reason": "topic", "topic": asked.topic.name}
    yield {"reason": "language", "language": asked.language}
    if chosen.get("last_time"):
        yield {"reason": "last_time"}
    if average := responders.average(responder):
        yield {"reason": "rating", "rating": average}
    elif chosen.get("explored"):
        yield {"reason": "newcomer"}
    # The name of a rule may say what the shop knows of somebody.
    if rule := _rule(asked):
        yield {"reason": "rule", "rule": rule}


def _rule(asked: HelpRequest) -> str:
    rows = RoutingDecision.objects.filter(help=asked, rule__isnull=False).order_by("-at", "-id")
    return rows.values_list("rule__name", flat=True).first() or ""
