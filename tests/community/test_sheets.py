"""Tables as CSV: nothing in them is computed by the program that opens them."""

from __future__ import annotations

import pytest

from community import sheets


@pytest.mark.parametrize("text", ["=1+1", "+49", "-1", "@home", "\tx", "\rx"])
def test_no_text_is_a_formula(text: str) -> None:
    assert sheets.cell(text) == f"'{text}"


def test_numbers_and_plain_words_stay() -> None:
    assert sheets.table(["a", "b"], [[-1, "Deich 3"], [None, "a,b"]]).splitlines() == ["a,b", "-1,Deich 3", ',"a,b"']


def test_a_head_is_no_formula_and_lines_end_as_spreadsheets_expect() -> None:
    assert sheets.table(["=1+1", "b"], [["a", 1]], delimiter=";") == "'=1+1;b\r\na;1\r\n"
