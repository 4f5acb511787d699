"""Standing: write level and featured badge beside the member's name."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max

from community.models import Standing
from gamification.drawing import drawing
from gamification.models import Award, Balance, Currency, Level
from gamification.rules import level_at


def refresh(members: Iterable[int]) -> None:
    """Derive the standing of ``members`` from their reputation, kept levels and awards, in a fixed number of queries.

    The newest award is the featured badge; of those earned in one moment, the one that takes most.
    """
    wanted = sorted(set(members))
    if not wanted:
        return
    ladder = list(Level.objects.values_list("number", "threshold"))
    purses = Balance.objects.filter(member__in=wanted, currency=Currency.REPUTATION).order_by()
    reached = {
        member: level_at(reputation, ladder, kept=kept or 0)
        for member, reputation, kept in purses.values_list("member_id", "value", Max("member__kept_levels__number"))
    }
    nothing = level_at(0, ladder)
    pins = _pins(wanted)
    rows = []
    for member in wanted:
        level, progress = reached.get(member, nothing)
        rows.append(Standing(member_id=member, level=level, level_progress=progress, pin=pins.get(member, {})))
    Standing.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["member"], update_fields=["level", "level_progress", "pin"]
    )


def _pins(members: list[int]) -> dict[int, dict[str, str]]:
    newest: dict[int, dict[str, str]] = {}
    awards = Award.objects.select_related("grade__badge").filter(member__in=members)
    for award in awards.order_by("member_id", "at", "grade__threshold"):
        newest[award.member_id] = drawing(award.grade)
    return newest
