"""Codes can be read aloud, typed carelessly and uploaded with clear complaints."""

from __future__ import annotations

from gamification import codes


def test_a_code_has_no_sign_that_looks_like_another() -> None:
    signs = set("".join(codes.new(40) for _ in range(60)))
    assert signs <= set("23456789ABCDEFGHJKLMNPQRSTUVWXYZ-")
    assert len(codes.ALPHABET) == 32


def test_a_code_stands_in_groups_of_four() -> None:
    assert [len(group) for group in codes.new(14).split("-")] == [4, 4, 4, 2]


def test_gaps_hyphens_and_case_do_not_matter() -> None:
    assert codes.normal(" k7pm 3xq9-ab ") == codes.normal("K7PM-3XQ9-AB") == "K7PM3XQ9AB"


def test_the_first_column_of_each_line_is_a_code() -> None:
    lines = ["Code;Note", "", '"SUMMER-2026";for all', "autumn.2026,x", "WINTER_2026"]
    assert list(codes.listed(lines)) == [(3, "SUMMER-2026"), (4, "autumn.2026"), (5, "WINTER_2026")]


def test_each_bad_line_is_named() -> None:
    lines = ["SUMMER-2026", "short", "summer2026", "with blank in", "ÄPFEL-2026", "A" * 41]
    assert list(codes.problems(lines)) == [
        (2, "short", "malformed"),
        (3, "summer2026", "repeated"),
        (4, "with blank in", "malformed"),
        (5, "ÄPFEL-2026", "malformed"),
        (6, "A" * 41, "malformed"),
    ]
