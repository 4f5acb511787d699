"""The draw for the seats of a product test, so that anybody can compute it again. Pure.

Before anybody applies, the SHA-256 of a secret seed is published; when applications end, the SHA-256 of the list of
candidates under pseudonyms; with the result, both. Nobody who keeps the seed can then change the list, and nobody who
knows the list can choose the seed. Where a public value was named that nobody knew when the list was closed, the drum
is HMAC-SHA256(seed, value) instead of the seed: then even who keeps the seed could not look for numbers that win.

Each candidate holds tickets: four, and one more for each draw lost since the last seat, eight at most. A ticket's place
is HMAC-SHA256(seed, "pseudonym:ticket"), and a candidate stands where the best of their tickets does. That is a drum
full of tickets: whoever has twice as many is drawn first twice as often, in whole numbers, on any computer.
``docs/check_draw.py`` does the same without this module.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

TICKETS, MOST = 4, 8
SEED_BYTES = 32
#: Numbers as papers print them.
NUMBERS = re.compile(r"[0-9]{1,18}(?:[ ,.;/+-]+[0-9]{1,18})*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who wants a seat; ``segment`` is empty where the test has none."""

    number: str
    tickets: int = TICKETS
    segment: str = ""


def tickets(*, lost: int) -> int:
    """How many tickets somebody gets who lost so many draws since their last seat."""
    return min(MOST, TICKETS + max(0, lost))


def commitment(seed: bytes) -> str:
    """What is published of the seed before it is."""
    return sha256(seed).hexdigest()


def listed(candidates: Sequence[Candidate]) -> list[dict[str, object]]:
    """The list as it is published, in the order of the numbers."""
    rows = sorted(candidates, key=lambda one: one.number)
    return [{"number": one.number, "segment": one.segment, "tickets": one.tickets} for one in rows]


def list_hash(
    rows: Sequence[Mapping[str, object]],
    *,
    seats: int,
    quotas: Mapping[str, int],
    chance: Mapping[str, object] | None = None,
) -> str:
    """What is published before the draw of the list, the seats it is drawn for, and the public value it waits for."""
    fixed = {"candidates": rows, "quotas": quotas, "seats": seats} | ({"chance": chance} if chance else {})
    text = json.dumps(fixed, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def public_value(text: str) -> str:
    """Published numbers in the one way in which they count, however they are typed; empty where it is something else.

    In rising order, with a blank between: who types them has nothing to choose.
    """
    said = text.strip()
    numbers = sorted(map(int, re.findall("[0-9]+", said))) if NUMBERS.fullmatch(said) else []
    return " ".join(map(str, numbers))


def drum(seed: bytes, value: str) -> bytes:
    """What the tickets are drawn with: the seed, with a public value where one was named."""
    return hmac.digest(seed, value.encode(), "sha256") if value else seed


def rank(candidates: Sequence[Candidate], seed: bytes) -> list[str]:
    """The numbers in the order in which they were drawn."""
    return [one.number for one in sorted(candidates, key=lambda one: _best(one, seed))]


def chosen(ranking: Sequence[str], segments: Mapping[str, str], *, seats: int, quotas: Mapping[str, int]) -> list[str]:
    """Who gets a seat: in each segment its quota, by rank; seats that a segment cannot fill go to the next of all."""
    left = dict(quotas) if quotas else {"": seats}
    first = []
    for number in ranking:
        segment = segments[number] if quotas else ""
        if left.get(segment, 0) > 0:
            left[segment] -= 1
            first.append(number)
    taken = set(first)
    others = [number for number in ranking if number not in taken]
    return first[:seats] + others[: max(0, seats - len(first))]


def _best(candidate: Candidate, seed: bytes) -> tuple[bytes, str]:
    places = (
        hmac.digest(seed, f"{candidate.number}:{ticket}".encode(), "sha256") for ticket in range(candidate.tickets)
    )
    return min(places), candidate.number
