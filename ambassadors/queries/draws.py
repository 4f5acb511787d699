"""The draw of a product test as everybody may see it, and what those who apply bring to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC

from django.conf import settings
from django.db.models import F

from ambassadors import lottery
from ambassadors.models import Draw, ProductTest, Tester
from community import vault
from gamification.words import in_all_languages

FORMAT = 1


def published(draw: Draw) -> dict[str, object]:
    """The file: the commitment from the opening, the hash of the list when it is closed, everything once drawn."""
    test = draw.test
    shares = quotas(test)
    drawn = draw.drawn_at is not None
    return {
        "format": FORMAT,
        "test": test.slug,
        "seats": test.seats,
        "quotas": shares,
        "segments": {str(one.pk): _names(in_all_languages(one, "name"), "name") for one in test.segments.all()},
        "commitment": draw.commitment,
        "committed_at": draw.committed_at.isoformat(),
        "list_hash": draw.list_hash,
        "listed_at": draw.listed_at.isoformat() if draw.listed_at else "",
        "seed": vault.unseal(draw.seed) if drawn else "",
        "drawn_at": draw.drawn_at.isoformat() if draw.drawn_at else "",
        "candidates": draw.candidates if drawn else [],
        "ranking": draw.ranking,
        "chosen": chosen(draw) if drawn else [],
        **({"chance": awaited, "value": draw.value} if (awaited := chance(draw)) else {}),
    }


def chance(draw: Draw) -> dict[str, object] | None:
    """The public value that the draw waits for, as it is published: what it is, and from when it is known."""
    if draw.chance_at is None:
        return None
    what = _names(in_all_languages(draw.test, "chance"), "chance")
    return {"at": draw.chance_at.astimezone(UTC).isoformat(), "what": what}


def quotas(test: ProductTest) -> dict[str, int]:
    """How many seats are for whom; nothing where all are for all."""
    return {str(one.pk): one.seats for one in test.segments.all()}


def chosen(draw: Draw) -> list[str]:
    """The numbers that were drawn first, in their order."""
    segments = {row["number"]: row["segment"] for row in draw.candidates}
    return lottery.chosen(draw.ranking, segments, seats=draw.test.seats, quotas=quotas(draw.test))


def losses(members: Iterable[int]) -> dict[int, int]:
    """How many draws each of ``members`` lost since they last were invited to a test."""
    lost: dict[int, int] = defaultdict(int)
    rows = Tester.objects.filter(member__in=list(members), rank__isnull=False)
    in_time = F("test__draw__drawn_at").asc(nulls_first=True)
    for member, invited_at, state in rows.order_by(in_time, "pk").values_list("member", "invited_at", "state"):
        if invited_at is not None:
            lost[member] = 0
        elif state == Tester.State.LOST:
            lost[member] += 1
    return dict(lost)


def _names(fields: dict[str, str], name: str) -> dict[str, str]:
    return {code: fields[f"{name}_{code}"] for code, _label in settings.LANGUAGES}
