"""Codes as people read, type and say them. Pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator

#: No I, O, 0 and 1: read aloud or from paper, each sign is what it looks like. 32 signs are 5 bits each.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SHORTEST, LENGTH, LONGEST = 10, 12, 40
#: What a code of the shop's own may look like; shorter ones could be guessed.
FOREIGN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{6,38}[A-Za-z0-9]")


def new(length: int = LENGTH) -> str:
    """A random code in groups of four."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(re.findall(".{1,4}", signs))


def normal(code: str) -> str:
    """What makes two spellings the same code: letters in one case, no gaps and hyphens."""
    return re.sub(r"[\s-]", "", code).upper()


def problems(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Line number, code and kind of every complaint about a list of codes, a code in the first column of each line.

    The kinds are ``malformed`` and ``repeated``; empty lines are left out.
    """
    seen: set[str] = set()
    for number, code in listed(lines):
        if not FOREIGN.fullmatch(code):
            yield number, code, "malformed"
        elif normal(code) in seen:
            yield number, code, "repeated"
        seen.add(normal(code))


def listed(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Line number and code of each line that has one; a first line that says "code" is a heading."""
    for number, line in enumerate(lines, start=1):
        code = re.split(r"[,;\t]", line, maxsplit=1)[0].strip().strip('"')
        if code and not (number == 1 and code.lower() in {"code", "codes", "coupon", "gutschein", "gutscheincode"}):
            yield number, code
