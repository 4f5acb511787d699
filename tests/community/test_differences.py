"""What changed between two texts, as a reader would mark it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community import differences
from community.differences import GONE, NEW, SAME

TEXT = st.text(alphabet="ab c.\n", max_size=40)


def marked(old: str, new: str) -> str:
    marks = {SAME: "{}", GONE: "[-{}-]", NEW: "[+{}+]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in differences.pieces(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("Same.", "Same.", "Same."),
        ("", "New.", "[+New.+]"),
        ("Old.", "", "[-Old.-]"),
        ("Take 18 g, ground fine.", "Take 17 g, ground fine.", "Take [-18-][+17+] g, ground fine."),
        ("It runs for a long time.", "It runs a short time.", "It runs [-for a long-][+a short+] time."),
        ("One.\nTwo.\n", "One.\nTwo.\nThree.\n", "One.\nTwo.\n[+Three.\n+]"),
        ("One.\nTwo.\nThree.", "One.\nThree.", "One.\n[-Two.\n-]Three."),
        (
            "My sister wants one.",
            "Wait 28 seconds, then pull.",
            "[-My sister wants one.-][+Wait 28 seconds, then pull.+]",
        ),
        ("Grüße", "Grüsse", "[-Grüße-][+Grüsse+]"),
    ],
)
def test_changes_are_marked_by_words(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_pieces(old: str, new: str) -> None:
    found = differences.pieces(old, new)
    assert "".join(piece.text for piece in found if piece.kind != NEW) == old
    assert "".join(piece.text for piece in found if piece.kind != GONE) == new
    assert all(piece.text for piece in found)


@pytest.mark.parametrize(
    ("old", "new", "count"), [("abc", "abc", 0), ("Take 18 g.", "Take 17 g.", 4), ("", "x" * 99, 99)]
)
def test_it_counts_what_went_and_came(old: str, new: str, count: int) -> None:
    assert differences.changed(old, new) == count


def test_long_texts_without_likeness_are_replaced_as_a_whole() -> None:
    old, new = "a. " * 6_000, "b, " * 6_000
    assert [piece.kind for piece in differences.pieces(old, new)] == [GONE, NEW]
