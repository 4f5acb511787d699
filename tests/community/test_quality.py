"""Hints while writing: short, loud, mistyped; and silence where a text is fine."""

from __future__ import annotations

import pytest

from community import quality
from community.quality import Findings, Spelling

LONG = "It is ready in six minutes and steams milk for two cups in a row. The drip tray is small, so I empty it daily. "


def test_nothing_is_said_of_a_good_text_or_of_none() -> None:
    assert quality.look("Learns fast", LONG * 2, language="en") == Findings()
    assert quality.look("", "", language="en") == Findings()


def test_a_short_text_is_asked_for_more() -> None:
    assert quality.look("Good", "It is good.", language="en") == Findings(short=True)


@pytest.mark.parametrize(
    ("text", "loud"),
    [
        ("THIS MACHINE IS GREAT AND EVERYBODY SHOULD KNOW", True),
        ("It broke!! Again!", True),
        ("The USB port and the LED are fine", False),
        ("Kaffee! Endlich!", False),
        ("NASA", False),
    ],
)
def test_shouting_is_noticed_and_abbreviations_are_not(text: str, loud: bool) -> None:
    assert quality.shouts(text) is loud


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "I recieve good shots", (Spelling("recieve", "receive"),)),
        ("de", "Vieleicht entkalken", (Spelling("Vieleicht", "Vielleicht"),)),
        ("de", "Die Machine ist toll, wirklcih", (Spelling("wirklcih", "wirklich"),)),
        ("de", "Siebträgermaschinenreinigungsintervall, Brühgruppe, Mahlgrad", ()),
        ("en", "See https://exampel.com/definately or `recieve`", ()),
        ("fr", "Je recieve", ()),
    ],
)
def test_a_word_is_questioned_only_where_a_common_one_is_meant(
    language: str, text: str, found: tuple[Spelling, ...]
) -> None:
    assert quality.misspelt(text, language=language) == found


def test_names_of_the_product_are_right_as_they_are() -> None:
    assert quality.misspelt("The Mahl recieve", language="en", known={"Recieve".casefold()}) == ()
