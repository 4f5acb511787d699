"""Rules as sentences, in German and English."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from gamification import rule_warnings, sentences
from gamification.facts import EARNING, FACTS, METRICS, QUESTS
from gamification.models import Metric
from gamification.nodes import COUNTING, PER, PERIODS
from gamification.parsing import Malformed, parse, parse_limits
from gamification.sentences import Names
from gamification.services.rules import Terms

pytestmark = pytest.mark.django_db
NAMES = Names(
    rows={"topic": {1: "Kaffee", 2: "Tee"}, "product": {7: "Aurora S1"}},
    badges={"steady-hands": "Ruhige Hand"},
    streaks={"weekly": "Woche für Woche"},
)
SHOWPIECE = Terms(
    verb="answer.accepted",
    recipient="beneficiary",
    reputation=15,
    credits=5,
    condition={
        "all": [
            {"fact": "topic", "is": "in", "value": [1, 2]},
            {"metric": "helpful_votes", "days": 90, "distinct": True, "is": "ge", "value": 3},
        ]
    },
    limits=[
        {"per": "thread", "period": "ever", "times": 1},
        {"per": "member", "period": "day", "amount": 200},
        {"per": "pair", "period": "week", "times": 3},
    ],
    delay_days=7,
)


def test_a_whole_rule_in_english() -> None:
    with translation.override("en"):
        assert sentences.of(SHOWPIECE, NAMES).split(" · ") == [
            "When an answer is accepted",
            "for the answer's author",
            "only if: topic: Kaffee or Tee and helpful votes received in 90 days from different people: at least 3",
            "15 points and 5 credits",
            "once per question",
            "at most 200 points a day",
            "at most 3 times a week through the same person",
            "decided 7 days later, if it still stands",
        ]


def test_a_whole_rule_in_german() -> None:
    with translation.override("de"):
        assert sentences.of(SHOWPIECE, NAMES).split(" · ") == [
            "Wenn eine Antwort angenommen wird",
            "für die Person, die sie geschrieben hat",
            (
                "nur wenn gilt: Thema: Kaffee oder Tee und Hilfreich-Stimmen in 90 Tagen von verschiedenen Personen: "
                "mindestens 3"
            ),
            "15 Punkte und 5 Guthaben",
            "einmal pro Frage",
            "höchstens 200 Punkte am Tag",
            "höchstens 3-mal pro Woche durch dieselbe Person",
            "entschieden 7 Tage später, falls es dann noch gilt",
        ]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"fact": "phase", "is": "ne", "value": "after"}, "phase: not After purchase"),
        ({"fact": "verified_purchase", "is": "eq", "value": True}, "verified purchase: yes"),
        ({"fact": "product", "is": "eq", "value": 7}, "product: Aurora S1"),
        ({"fact": "product", "is": "eq", "value": 8}, "product: #8"),
        ({"badge": "steady-hands"}, "holds the badge Ruhige Hand"),
        ({"badge": "steady-hands", "tier": "gold"}, "holds the badge Ruhige Hand (gold)"),
        ({"streak": "weekly", "is": "gt", "value": 6}, "days of the streak Woche für Woche: more than 6"),
        ({"level": True, "is": "eq", "value": 2}, "level: exactly 2"),
        ({"member_days": True, "is": "ge", "value": 30}, "days as a member: at least 30"),
        (
            {"metric": "accepted_answers", "of": "actor", "days": 1, "is": "lt", "value": 2},
            "accepted answers of the person who acts on one day: less than 2",
        ),
        (
            {"not": {"any": [{"level": True, "is": "le", "value": 1}, {"badge": "steady-hands"}]}},
            "not (level: at most 1 or holds the badge Ruhige Hand)",
        ),
        (
            {"any": [{"badge": "steady-hands"}, {"all": [{"badge": "a"}, {"badge": "b"}]}]},
            "holds the badge Ruhige Hand or (holds the badge a and holds the badge b)",
        ),
    ],
)
def test_conditions_in_english(condition: dict[str, Any], said: str) -> None:
    with translation.override("en"):
        assert sentences.condition(parse(condition), NAMES) == said


@pytest.mark.parametrize(
    ("cap", "said"),
    [
        ({"per": "member", "period": "ever", "times": 1}, "once in all"),
        ({"per": "member", "period": "month", "times": 2}, "at most 2 times a month"),
        ({"per": "pair", "period": "ever", "amount": 50}, "at most 50 points through the same person"),
        ({"per": "subject", "period": "day", "times": 1}, "once a day per post"),
    ],
)
def test_caps_in_english(cap: dict[str, Any], said: str) -> None:
    with translation.override("en"):
        (limit,) = parse_limits([cap])
        assert sentences.limit(limit) == said


def test_there_are_words_for_everything_that_can_be_written() -> None:
    assert sentences.DEEDS.keys() == EARNING | QUESTS
    assert sentences.FACTS.keys() == FACTS.keys()
    assert {name: tuple(words) for name, words in sentences.CHOICES.items()} == {
        name: fact.choices for name, fact in FACTS.items() if fact.choices
    }
    assert set(Metric.values) >= METRICS
    for op in COUNTING:
        assert "4" in sentences.condition(parse({"level": True, "is": op, "value": 4}), NAMES)
    for per in PER:
        for period in PERIODS:
            (cap,) = parse_limits([{"per": per, "period": period, "times": 4}])
            assert "4" in sentences.limit(cap)


def test_every_problem_and_warning_has_its_words() -> None:
    with translation.override("en"):
        wrong = Malformed(("all", 0), "number_between", least=1, most=366)
        assert sentences.problem(wrong) == "Write a whole number from 1 to 366."
        odd = rule_warnings.RuleWarning("pays_twice", "Twin")
        assert sentences.warning(odd) == "The same deed can also earn by the rule “Twin”: it would be paid twice."
