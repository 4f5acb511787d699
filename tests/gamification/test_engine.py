"""The engine: what deeds earn and give back, decided without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gamification import engine
from gamification.engine import Effects, Rule, Rules
from gamification.nodes import Limit
from gamification.parsing import parse_limits
from gamification.state import Deed, State, Step, period_start
from gamification.streaks import Kind, Run, Streaks, Terms
from gamification.trees import compile_condition

ZONE = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
HELPER, ASKER, OTHER = 1, 2, 3
ACCEPTED, HELPFUL = "answer.accepted", "answer.found_helpful"


def rule(verb: str = ACCEPTED, *, condition: Any = None, limits: Any = (), **fields: Any) -> Rule:
    """A rule that pays 10 reputation and 4 credits unless said otherwise."""
    terms = {"version": 1, "rule": 1, "recipient": "beneficiary", "reputation": 10, "credits": 4}
    since = {"active_from": START - timedelta(days=1)}
    return Rule(
        verb=verb,
        condition=compile_condition(condition) if condition else None,
        limits=parse_limits(list(limits)),
        **{**terms, **since, **fields},
    )


def deed(pk: int, verb: str = ACCEPTED, *, by: int = ASKER, to: int | None = HELPER, **fields: Any) -> Deed:
    """Something done ``hours`` after the start."""
    at = START + timedelta(hours=fields.pop("hours", 0), days=fields.pop("days", 0))
    known = {"subject": ("answer", pk), "facts": {"thread": 7}, **fields}
    return Deed(pk, verb, by, to, at, at.astimezone(ZONE).toordinal(), **known)


def undo(pk: int, of: int, **fields: Any) -> Deed:
    """The deed ``of`` is taken back."""
    return deed(pk, "answer.unaccepted", undoes=of, **fields)


def run(deeds: list[Deed], *rules: Rule, state: State | None = None, days: int | None = None) -> Effects:
    """What the deeds do; ``days`` after the start everything due is decided."""
    until = None if days is None else START + timedelta(days=days)
    return engine.run(deeds, Rules(rules), State() if state is None else state, zone=ZONE, until=until)


def paid(effects: Effects) -> list[tuple[int, str, int]]:
    return [(grant.member, grant.currency, grant.amount) for grant in effects.granted]


def outcomes(effects: Effects) -> list[tuple[int, str]]:
    return [(decision.deed, decision.outcome) for decision in effects.decisions.values()]


def test_a_deed_pays_both_currencies_and_says_so() -> None:
    effects = run([deed(1)], rule())
    assert paid(effects) == [(HELPER, "reputation", 10), (HELPER, "credits", 4)]
    assert outcomes(effects) == [(1, "granted")]


def test_who_did_it_can_be_paid_as_well() -> None:
    assert paid(run([deed(1)], rule(recipient="actor", credits=0))) == [(ASKER, "reputation", 10)]


@pytest.mark.parametrize(
    ("fields", "because"),
    [({"by": HELPER}, "self"), ({"facts": {"thread": 7, "weightless": "unverified"}}, "unverified")],
)
def test_a_deed_without_weight_earns_and_moves_nothing(fields: dict[str, Any], because: str) -> None:
    state = State()
    effects = run([deed(1, **fields)], rule(), state=state)
    assert (paid(effects), state.counters) == ([], {})
    assert [decision.facts for decision in effects.decisions.values()] == [{"because": because}]


def test_a_version_decides_only_about_deeds_of_its_time() -> None:
    ended = rule(retired_at=START + timedelta(hours=1))
    effects = run([deed(1), deed(2, hours=1)], ended)
    assert outcomes(effects) == [(1, "granted")]


@given(st.lists(st.integers(0, 100), max_size=5, unique=True), st.integers(-5, 105))
def test_of_versions_that_follow_one_another_at_most_one_covers_a_deed(cuts: list[int], when: int) -> None:
    moments = [START + timedelta(hours=cut) for cut in sorted(cuts)]
    line = [
        rule(version=number, active_from=start, retired_at=end)
        for number, (start, end) in enumerate(zip(moments, [*moments[1:], None], strict=False))
    ]
    covering = [version.version for version in line if version.covers(deed(1, hours=when))]
    assert covering == [sum(cut <= when for cut in cuts) - 1] * any(cut <= when for cut in cuts)


def test_an_undo_gives_back_points_counters_and_caps() -> None:
    state, fresh = State(), State()
    effects = run([deed(1), undo(2, 1)], rule(limits=[{"per": "thread", "period": "ever", "times": 1}]), state=state)
    assert [(grant.amount, by.id) for grant, by in effects.reversed] == [(10, 2), (4, 2)]
    assert not any(state.balances.values())
    assert not any(state.counters.values())
    assert list(state.caps.values()) == [[0, 0]]
    assert state.done == fresh.done
    assert not any(effects.moves.values())


def test_a_second_undo_finds_nothing_to_give_back() -> None:
    effects = run([deed(1), undo(2, 1), undo(3, 1)], rule())
    assert len(effects.reversed) == 2


@pytest.mark.parametrize(
    ("limit", "second", "outcome"),
    [
        ({"per": "thread", "period": "ever", "times": 1}, {"days": 300}, "capped"),
        ({"per": "thread", "period": "ever", "times": 1}, {"facts": {"thread": 8}}, "granted"),
        ({"per": "subject", "period": "week", "times": 1}, {"subject": ("answer", 1)}, "capped"),
        ({"per": "subject", "period": "week", "times": 1}, {}, "granted"),
        ({"per": "pair", "period": "week", "times": 1}, {"days": 6}, "capped"),
        ({"per": "pair", "period": "week", "times": 1}, {"days": 7}, "granted"),
        ({"per": "pair", "period": "week", "times": 1}, {"by": OTHER}, "granted"),
        ({"per": "member", "period": "month", "times": 1}, {"days": 29}, "capped"),
        ({"per": "member", "period": "month", "times": 1}, {"days": 30}, "granted"),
        # Midnight is the site's: 22:30 UTC in winter is still the same day in Berlin, 23:30 the next.
        ({"per": "member", "period": "day", "times": 1}, {"hours": 13.5}, "capped"),
        ({"per": "member", "period": "day", "times": 1}, {"hours": 14.5}, "granted"),
        ({"per": "member", "period": "day", "times": 1}, {"to": OTHER}, "granted"),
    ],
)
def test_caps_hold_for_their_scope_and_period(limit: Any, second: dict[str, Any], outcome: str) -> None:
    effects = run([deed(1), deed(2, **second)], rule(limits=[limit]))
    assert outcomes(effects) == [(1, "granted"), (2, outcome)]


def test_the_last_grant_is_cut_to_what_is_left() -> None:
    effects = run([deed(n) for n in (1, 2, 3)], rule(limits=[{"per": "member", "period": "day", "amount": 15}]))
    assert paid(effects) == [
        (HELPER, "reputation", 10),
        (HELPER, "credits", 4),
        (HELPER, "reputation", 5),
        (HELPER, "credits", 2),
    ]
    assert outcomes(effects) == [(1, "granted"), (2, "capped"), (3, "capped")]
    assert [decision.facts.get("given") for decision in effects.decisions.values()] == [None, 5, 0]


def test_what_was_capped_uses_nothing_up() -> None:
    state = State()
    run([deed(1), deed(2)], rule(limits=[{"per": "member", "period": "day", "times": 1}]), state=state)
    assert list(state.caps.values()) == [[1, 10]]


def test_an_undo_makes_room_under_a_cap_for_what_comes_later() -> None:
    once = rule(limits=[{"per": "member", "period": "day", "times": 1}])
    effects = run([deed(1), deed(2), undo(3, 1), deed(4)], once)
    assert outcomes(effects) == [(1, "granted"), (2, "capped"), (4, "granted")]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"metric": "helpful_votes", "of": "recipient", "days": 3, "distinct": False, "is": "ge", "value": 3}, True),
        ({"metric": "helpful_votes", "of": "recipient", "days": 2, "distinct": False, "is": "ge", "value": 3}, False),
        ({"metric": "helpful_votes", "of": "recipient", "days": None, "distinct": False, "is": "eq", "value": 3}, True),
        ({"metric": "helpful_votes", "of": "recipient", "days": 3, "distinct": True, "is": "eq", "value": 2}, True),
        ({"metric": "helpful_votes", "of": "actor", "days": None, "distinct": False, "is": "eq", "value": 0}, True),
        ({"badge": "kind", "tier": None}, True),
        ({"badge": "kind", "tier": "silver"}, False),
        ({"level": True, "is": "ge", "value": 2}, False),
        ({"member_days": True, "is": "eq", "value": 30}, True),
        ({"streak": "weekly", "is": "eq", "value": 0}, True),
        ({"fact": "phase", "is": "eq", "value": "before"}, True),
    ],
)
def test_conditions_see_the_deed_itself_and_all_before(condition: Any, holds: bool) -> None:
    first = deed(1).day
    state = State(
        badges={"kind": [Step("bronze", "helpful_votes", 3), Step("silver", "helpful_votes", 4)]},
        levels=((0, 1), (50, 2)),
        joined={HELPER: first - 28},
        streaks=Streaks({"weekly": Kind(frozenset(), Terms())}, {(HELPER, "weekly"): Run(4, 4, 0, START.date())}),
    )
    votes = [deed(1, HELPFUL), deed(2, HELPFUL, days=1, by=OTHER)]
    third = deed(3, HELPFUL, days=2, facts={"phase": "before"})
    effects = run([*votes, third], rule(HELPFUL, condition=condition), state=state)
    assert dict(outcomes(effects))[3] == ("granted" if holds else "refused")


@pytest.mark.parametrize(
    ("recipient", "facts", "found"),
    [
        # By the site's day the streak has ended; on the recipient's own calendar it is still the day before.
        ("beneficiary", {}, 0),
        ("beneficiary", {"their_day": "2026-03-03"}, 4),
        ("beneficiary", {"day": "2026-03-03"}, 0),
        ("actor", {"day": "2026-03-03"}, 4),
    ],
)
def test_a_streak_is_as_long_as_on_the_recipients_own_day(recipient: Any, facts: dict[str, str], found: int) -> None:
    member = HELPER if recipient == "beneficiary" else ASKER
    kept = Streaks({"weekly": Kind(frozenset(), Terms())}, {(member, "weekly"): Run(4, 4, 0, date(2026, 3, 2))})
    asking = rule(condition={"streak": "weekly", "is": "ge", "value": 4}, recipient=recipient)
    asked = run([deed(1, days=2, facts=facts)], asking, state=State(streaks=kept))
    assert [decision.facts["found"] for decision in asked.decisions.values()] == [[["streak", "weekly", found]]]


def test_each_deed_meets_the_streak_as_it_was_then_undos_included() -> None:
    kinds = {"asking": Kind(frozenset({ACCEPTED}), Terms())}
    asking = rule(recipient="actor", condition={"streak": "asking", "is": "ge", "value": 3})
    deeds = [deed(1), deed(2, days=1), deed(3, days=2), undo(4, 2, days=2), deed(5, days=2), deed(6, days=3)]
    effects = run(deeds, asking, state=State(streaks=Streaks(kinds)))
    found = {decision.deed: decision.facts["found"][0][2] for decision in effects.decisions.values()}
    assert found == {1: 1, 2: 2, 3: 3, 5: 1, 6: 2}


def test_a_decision_keeps_what_it_found() -> None:
    asked = {"metric": "accepted_answers", "of": "recipient", "days": 7, "distinct": True, "is": "ge", "value": 2}
    [decision] = run([deed(1)], rule(condition=asked)).decisions.values()
    assert decision.facts == {
        "found": [["metric", "accepted_answers", "recipient", 7, True, 1]],
        "because": "condition",
    }


def test_a_decision_waits_for_its_day() -> None:
    late = rule(delay_days=14)
    assert outcomes(run([deed(1)], late, days=13)) == [(1, "waiting")]
    effects = run([deed(1)], late, days=14)
    assert (outcomes(effects), len(effects.granted), effects.waiting) == ([(1, "granted")], 2, {})


def test_what_waited_comes_before_the_next_deed() -> None:
    state = State()
    effects = run([deed(1), deed(2, days=20)], rule(delay_days=14), state=state)
    assert outcomes(effects) == [(1, "granted"), (2, "waiting")]


def test_what_is_taken_back_while_it_waits_pays_nothing() -> None:
    effects = run([deed(1), undo(2, 1, days=1)], rule(delay_days=14), days=30)
    assert (paid(effects), effects.waiting) == ([], {})
    assert [decision.facts for decision in effects.decisions.values()] == [{"because": "undone"}]


def test_work_in_two_halves_is_work_in_one() -> None:
    rules = (
        rule(limits=[{"per": "member", "period": "week", "amount": 35}]),
        rule(HELPFUL, version=2, rule=2, delay_days=2, limits=[{"per": "pair", "period": "day", "times": 2}]),
    )
    deeds = [deed(n, (ACCEPTED, HELPFUL)[n % 2], days=n // 4, by=(ASKER, OTHER)[n % 3 // 2]) for n in range(1, 30)]
    deeds += [undo(100 + n, n, days=8) for n in range(2, 30, 5)]
    whole, halves = State(), State()
    run(deeds, *rules, state=whole, days=20)
    run(deeds[:17], *rules, state=halves)
    run(deeds[17:], *rules, state=halves, days=20)
    assert halves == whole


def test_periods_begin_where_the_calendar_says() -> None:
    sunday = date(2026, 3, 1).toordinal()
    assert [date.fromordinal(period_start(period, sunday)) for period in ("day", "week", "month", "ever")] == [
        date(2026, 3, 1),
        date(2026, 2, 23),
        date(2026, 3, 1),
        date(2000, 1, 1),
    ]


def test_a_limit_of_points_says_what_it_is() -> None:
    limit = {"per": "member", "period": "day", "amount": 5}
    [decision] = run([deed(1)], rule(limits=[limit])).decisions.values()
    assert decision.facts["limit"] == limit
    assert parse_limits([limit]) == (Limit("member", "day", amount=5),)
