"""Which talks are paid, at every edge."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from ambassadors.models import Consultation
from ambassadors.qualifying import Talk, why_not

GOOD = Talk(helper_messages=2, visitor_replies=1)


def test_two_messages_and_one_reply_are_enough() -> None:
    assert why_not(GOOD) == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"helper_messages": 1}, "few_messages"),
        ({"helper_messages": 0, "visitor_replies": 9}, "few_messages"),
        ({"visitor_replies": 0}, "no_reply"),
        ({"is_spam": True}, "spam"),
        ({"is_about_order": True}, "order"),
        ({"is_own": True}, "own"),
    ],
)
def test_what_a_talk_lacks(change: dict[str, Any], why: str) -> None:
    assert why_not(replace(GOOD, **change)) == why
    assert why in Consultation.Why.values


def test_the_weightiest_is_named_first() -> None:
    assert why_not(Talk(0, 0, is_own=True, is_spam=True, is_about_order=True)) == "own"


def test_neither_a_sale_nor_a_rating_is_asked_for() -> None:
    asked = {field.name for field in fields(Talk)}
    assert asked == {"helper_messages", "visitor_replies", "is_own", "is_spam", "is_about_order"}
