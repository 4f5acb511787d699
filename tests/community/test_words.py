"""What people typed, as it is stored."""

from __future__ import annotations

import pytest

from community import words


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Which   grind\n for\t me? ", "Which grind for me?"),
        ("a\x08b\x00c\x1bd\x85e", "abcde"),
        ("evil\u202etxt.exe\u2066", "eviltxt.exe"),
        ("Gro\u0308\u00dfe", "Gr\u00f6\u00dfe"),
        ("broken \ud800 pair", "broken pair"),
        ("Kaffee ☕ für 2 — ‘ok’", "Kaffee ☕ für 2 — ‘ok’"),
        ("\u200b\u200d \u2060\u3164", ""),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("", ""),
    ],
)
def test_a_line(typed: str, stored: str) -> None:
    assert words.line(typed) == stored


def test_lines_keep_their_ends_and_inner_blanks() -> None:
    assert words.lines("\r\n\tone\r\n\r\n    two  three\rfour\x0c \n") == "one\n\n    two  three\nfour"
