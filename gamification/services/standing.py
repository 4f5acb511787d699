"""Standing: write level and featured badge beside the member's name."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from community.models import Member, Standing
from gamification.drawing import drawing
from gamification.models import Award, Balance, Currency, KeptLevel, Level
from gamification.rules import level_at
from gamification.services import turns


def first() -> dict[str, object]:
    """The standing of somebody who joins: where the first level begins at nothing, they are there at once."""
    turns.among_newcomers()
    level, progress = level_at(0, Level.objects.values_list("number", "threshold"))
    return {"level": level, "level_progress": progress}


def refresh(members: Iterable[int]) -> None:
    """Derive the standing of ``members`` from their reputation, kept levels and awards, in a fixed number of queries.

    The newest award is the featured badge; of those earned in one moment, the one that takes most.
    """
    wanted = sorted(set(members))
    if not wanted:
        return
    ladder = list(Level.objects.values_list("number", "threshold"))
    purse = Balance.objects.filter(member=OuterRef("pk"), currency=Currency.REPUTATION).values("value")
    highest = KeptLevel.objects.filter(member=OuterRef("pk")).order_by("-number").values("number")[:1]
    people = Member.objects.filter(pk__in=wanted).order_by("pk")
    pins = _pins(wanted)
    rows = []
    for member, reputation, kept in people.values_list("pk", Subquery(purse), Subquery(highest)):
        level, progress = level_at(reputation or 0, ladder, kept=kept or 0)
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
