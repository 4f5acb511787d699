"""The brand's routing rules: written by managers, in force as soon as they say so."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from chat import conditions, parsing
from chat.models import RoutingRule
from community.refusals import Refusal

HOLD_OUT_MOST = 50


class BadConditions(Refusal):
    """The conditions cannot be read; ``field`` names the one that is wrong."""

    code = "routing_conditions"
    message = _("This condition cannot be read. Look at the example beside it.")
    status = 422

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


class BadTarget(Refusal):
    """There is no such target, or it stands twice."""

    code = "routing_target"
    message = _("Name each target once.")
    field = "fallbacks"
    status = 422


class BadHoldOut(Refusal):
    """The share is no share, or the rule leads to nobody whom it could be compared with."""

    code = "routing_hold_out"
    message = _("A hold-out is between 0 and 50 %, and only rules that lead to people have one.")
    field = "hold_out"
    status = 422


@transaction.atomic
def store(*, rule: RoutingRule) -> RoutingRule:
    """Keep a rule, new or changed; what was decided by it before stays as it was.

    Raises ``BadConditions``, ``BadTarget`` and ``BadHoldOut``.
    """
    check(rule)
    rule.save()
    return rule


def check(rule: RoutingRule) -> None:
    """Refuse what could not be asked later. Raises ``BadConditions``, ``BadTarget`` and ``BadHoldOut``."""
    if not isinstance(rule.conditions, dict):
        raise BadConditions("conditions")
    try:
        parsing.parse(rule.conditions)
    except parsing.Malformed as error:
        raise BadConditions(error.field) from error
    chain: list[Any] = [rule.target, *rule.fallbacks]
    if not set(chain) <= set(conditions.TARGETS) or len(set(chain)) != len(chain):
        raise BadTarget
    if not 0 <= rule.hold_out <= HOLD_OUT_MOST or (rule.hold_out and rule.target not in conditions.PEOPLE):
        raise BadHoldOut
