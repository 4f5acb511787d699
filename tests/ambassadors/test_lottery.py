"""The draw: quotas exact, chances right, and anybody with the published file comes to the same result."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors import lottery
from ambassadors.lottery import Candidate

SCRIPT = Path(__file__).parents[2] / "docs" / "check_draw.py"
SEGMENTS = ("few", "some", "many")

crowds = st.lists(
    st.builds(
        Candidate,
        number=st.integers(0, 2**32).map("{:016x}".format),
        tickets=st.integers(lottery.TICKETS, lottery.MOST),
        segment=st.sampled_from(SEGMENTS),
    ),
    max_size=25,
    unique_by=lambda one: one.number,
)
quotas = st.dictionaries(st.sampled_from(SEGMENTS), st.integers(1, 5))
seeds = st.binary(min_size=32, max_size=32)


def _seed(number: int) -> bytes:
    return sha256(str(number).encode()).digest()


CHANCE: dict[str, object] = {"at": "2026-12-12T20:00:00+00:00", "what": {"de": "Lotto", "en": "Lottery"}}
VALUE = "3 11 24 31 40 45"


def _drawn(
    crowd: list[Candidate], seed: bytes, seats: int, shares: dict[str, int], *, chance: bool = False
) -> dict[str, object]:
    """The file as it is published."""
    rows, ranking = lottery.listed(crowd), lottery.rank(crowd, lottery.drum(seed, VALUE if chance else ""))
    segments = {one.number: one.segment for one in crowd}
    return {
        "seed": seed.hex(),
        "commitment": lottery.commitment(seed),
        "candidates": rows,
        "seats": seats,
        "quotas": shares,
        "list_hash": lottery.list_hash(rows, seats=seats, quotas=shares, chance=CHANCE if chance else None),
        "ranking": ranking,
        "chosen": lottery.chosen(ranking, segments, seats=seats, quotas=shares),
        **({"chance": CHANCE, "value": VALUE} if chance else {}),
    }


def _checked(tmp_path: Path, drawn: dict[str, object]) -> tuple[int, str]:
    file = tmp_path / "draw.json"
    file.write_text(json.dumps(drawn), encoding="utf-8")
    ran = subprocess.run(  # noqa: S603 - the script is ours
        [sys.executable, "-I", str(SCRIPT), str(file)], capture_output=True, text=True, check=False
    )
    return ran.returncode, (ran.stdout or ran.stderr).strip()


@given(crowd=crowds, shares=quotas, seed=seeds)
def test_each_segment_gets_its_quota_and_no_seat_stays_free_while_somebody_wants_it(
    crowd: list[Candidate], shares: dict[str, int], seed: bytes
) -> None:
    seats = sum(shares.values()) or 3
    ranking = lottery.rank(crowd, seed)
    segments = {one.number: one.segment for one in crowd}
    chosen = lottery.chosen(ranking, segments, seats=seats, quotas=shares)

    assert len(chosen) == len(set(chosen)) == min(seats, len(crowd))
    there, got = Counter(segments.values()), Counter(segments[number] for number in chosen)
    assert [got[name] >= min(share, there[name]) for name, share in shares.items()] == [True] * len(shares)
    if all(there[name] >= share for name, share in shares.items()) and shares:
        assert got == Counter(shares)


@given(crowd=crowds, seed=seeds, order=st.randoms(use_true_random=False))
def test_the_order_in_which_people_applied_decides_nothing(crowd: list[Candidate], seed: bytes, order: Random) -> None:
    mixed = list(crowd)
    order.shuffle(mixed)
    assert lottery.rank(mixed, seed) == lottery.rank(crowd, seed)
    assert lottery.listed(mixed) == lottery.listed(crowd)


@given(crowd=crowds, seed=seeds)
def test_another_seed_is_another_commitment_and_another_list_another_hash(crowd: list[Candidate], seed: bytes) -> None:
    rows = lottery.listed(crowd)
    assert lottery.commitment(seed) == sha256(seed).hexdigest() != lottery.commitment(seed[:-1])
    longer = lottery.listed([*crowd, Candidate("one more")])
    hashes = {
        lottery.list_hash(rows, seats=5, quotas={}),
        lottery.list_hash(rows, seats=6, quotas={}),
        lottery.list_hash(rows, seats=5, quotas={"few": 5}),
        lottery.list_hash(longer, seats=5, quotas={}),
        lottery.list_hash(rows, seats=5, quotas={}, chance=CHANCE),
    }
    assert len(hashes) == 5


def test_whoever_lost_gets_one_ticket_more_each_time_and_never_more_than_double() -> None:
    assert [lottery.tickets(lost=lost) for lost in range(7)] == [4, 5, 6, 7, 8, 8, 8]


def _shares(draws: int) -> dict[str, float]:
    """How often each of four people gets the one seat."""
    crowd = [Candidate("a", 4), Candidate("b", 4), Candidate("c", 8), Candidate("d", 6)]
    first = Counter(lottery.rank(crowd, _seed(number))[0] for number in range(draws))
    return {one.number: first[one.number] / draws for one in crowd}


EXPECTED = {"a": 4 / 22, "b": 4 / 22, "c": 8 / 22, "d": 6 / 22}


def test_chances_are_as_the_tickets() -> None:
    assert _shares(1_500) == pytest.approx(EXPECTED, abs=0.04)


@pytest.mark.soak
def test_chances_are_as_the_tickets_over_ten_thousand_draws() -> None:
    # Four standard deviations of the widest share are 0.0193.
    assert _shares(10_000) == pytest.approx(EXPECTED, abs=0.0193)


@pytest.mark.soak
def test_with_quotas_chances_within_a_segment_are_equal_over_ten_thousand_draws() -> None:
    crowd = [Candidate(f"few {n}", 4, "few") for n in range(3)] + [Candidate(f"many {n}", 4, "many") for n in range(6)]
    segments = {one.number: one.segment for one in crowd}
    got: Counter[str] = Counter()
    for number in range(10_000):
        got.update(lottery.chosen(lottery.rank(crowd, _seed(number)), segments, seats=3, quotas={"few": 1, "many": 2}))
    assert {number: times / 10_000 for number, times in got.items()} == pytest.approx(
        {one.number: 1 / 3 for one in crowd}, abs=0.019
    )


CROWD = [Candidate(f"{number:016x}", 4 + number % 5, SEGMENTS[number % 3]) for number in range(40)]


@pytest.mark.parametrize("chance", [False, True], ids=["own seed", "public value"])
@pytest.mark.parametrize("shares", [{}, {"few": 2, "some": 2, "many": 1}], ids=["one pot", "segments"])
def test_the_published_script_comes_to_the_same_result(tmp_path: Path, shares: dict[str, int], *, chance: bool) -> None:
    assert _checked(tmp_path, _drawn(CROWD, _seed(7), 5, shares, chance=chance)) == (0, "The draw is right.")


def _another_value(drawn: dict[str, Any]) -> dict[str, Any]:
    return drawn | {"value": "3 11 24 31 40 46"}


def _another_moment(drawn: dict[str, Any]) -> dict[str, Any]:
    return drawn | {"chance": CHANCE | {"at": "2026-12-05T20:00:00+00:00"}}


def _none(drawn: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in drawn.items() if name != "chance"}


@pytest.mark.parametrize("cheat", [_another_value, _another_moment, _none])
def test_the_published_script_finds_another_public_value(
    tmp_path: Path, cheat: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    drawn = _drawn(CROWD, _seed(7), 5, {}, chance=True)
    assert _checked(tmp_path, cheat(drawn)) == (1, "The draw is NOT what the seed and the list say.")


@pytest.mark.parametrize(
    "typed", ["3 11 24 31 40 45", "45, 3, 24, 11, 40, 31", " 03-11-24-31-40-45 ", "3; 11; 24; 31; 40 + 45"]
)
def test_however_the_numbers_are_typed_they_are_the_same(typed: str) -> None:
    assert lottery.public_value(typed) == VALUE


@pytest.mark.parametrize("typed", ["", " ", "eleven", "3 11 and 24", "٣ ١١", "-3", "3.", "9" * 19])
def test_what_is_no_row_of_numbers_is_no_value(typed: str) -> None:
    assert lottery.public_value(typed) == ""


def _another_winner(drawn: dict[str, Any]) -> dict[str, Any]:
    return drawn | {"chosen": [CROWD[0].number, *drawn["chosen"][1:]]}


def _another_seed(drawn: dict[str, Any]) -> dict[str, Any]:
    return drawn | {"seed": _seed(8).hex()}


def _another_candidate(drawn: dict[str, Any]) -> dict[str, Any]:
    return drawn | {"candidates": drawn["candidates"][1:]}


def _more_tickets(drawn: dict[str, Any]) -> dict[str, Any]:
    rows = drawn["candidates"]
    return drawn | {"candidates": [rows[0] | {"tickets": 80}, *rows[1:]]}


@pytest.mark.parametrize("cheat", [_another_winner, _another_seed, _another_candidate, _more_tickets])
def test_the_published_script_finds_what_was_changed(
    tmp_path: Path, cheat: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    drawn = _drawn(CROWD, _seed(7), 5, {})
    assert _checked(tmp_path, cheat(drawn)) == (1, "The draw is NOT what the seed and the list say.")


def test_the_published_script_knows_a_draw_that_has_not_been(tmp_path: Path) -> None:
    assert _checked(tmp_path, _drawn(CROWD, _seed(7), 5, {}) | {"seed": ""}) == (
        1,
        "Not drawn yet: the seed is still secret.",
    )


def test_the_published_script_is_short_enough_to_be_read() -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 30
