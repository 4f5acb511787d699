"""What is kept of product tests and their draws, checked against the rows."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q

from ambassadors import lottery
from ambassadors.models import Draw, ProductTest, Tester
from ambassadors.queries import draws
from community import vault
from community.registry import Difference

State = Tester.State


def counters() -> Iterator[Difference]:
    """Applications and seats are as many as the testers say."""
    applied = Count("testers", filter=~Q(testers__state=State.WITHDRAWN))
    seated = Count("testers", filter=Q(testers__state__in=Tester.TAKING_PART))
    counted = ProductTest.objects.annotate(standing=applied, seated=seated)
    for test in counted.filter(~Q(standing=F("applied")) | ~Q(seated=F("taken"))).order_by("pk"):
        yield Difference(
            "product_tests",
            f"product test {test.pk}",
            f"{test.standing} applied, {test.seated} take part",
            f"{test.applied} applied, {test.taken} take part",
        )


def drawn() -> Iterator[Difference]:
    """Seed, list and result of each draw are what was published of them."""
    for draw in Draw.objects.select_related("test").order_by("pk").iterator(chunk_size=100):
        expected, found = _right(draw), (draw.commitment, draw.list_hash, list(draw.ranking))
        if expected != found:
            yield Difference("draws", f"product test {draw.test_id}", str(expected)[:200], str(found)[:200])


def _right(draw: Draw) -> tuple[str, str, list[str]]:
    seed = bytes.fromhex(vault.unseal(draw.seed))
    rows = draw.candidates
    seats, quotas, chance = draw.test.seats, draws.quotas(draw.test), draws.chance(draw)
    hashed = lottery.list_hash(rows, seats=seats, quotas=quotas, chance=chance) if draw.listed_at else ""
    people = [lottery.Candidate(row["number"], row["tickets"], row["segment"]) for row in rows]
    ranking = lottery.rank(people, lottery.drum(seed, draw.value)) if draw.drawn_at else []
    return lottery.commitment(seed), hashed, ranking
