"""What tells who somebody is goes before others read it."""

from __future__ import annotations

import pytest

from chat import redaction


@pytest.mark.parametrize(
    ("said", "public"),
    [
        ("Write to lena.sommer@example.com please", "Write to … please"),
        ("Call me: +49 (0)30 1234567", "Call me: …"),
        ("It is order NK-2026-00412", "It is order …"),
        ("Pay to DE89 3704 0044 0532 0130 00", "Pay to …"),
        ("See https://shop.example/cart?customer=4711", "See https://shop.example/cart…"),
        ("I am Lena, Lena Sommer", "I am …, …"),
        ("Grind 40 settings at 93.5 °C for 25 seconds", "Grind 40 settings at 93.5 °C for 25 seconds"),
        ("The Aurora S1 has 2 boilers and E61", "The Aurora S1 has 2 boilers and E61"),
    ],
)
def test_what_gives_somebody_away_is_gone_and_the_rest_stays(said: str, public: str) -> None:
    assert redaction.redact(said, names=["Lena Sommer"]) == public
