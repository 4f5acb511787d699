"""A condition as rows of an outline, the way people edit it: each row says in which other row it belongs.

Rows travel through plain form fields, so they need no order and no script; the place of an error leads back to its row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from gamification.facts import FACTS, Kind
from gamification.parsing import Malformed, Where

Row = Mapping[str, Any]
Tree = dict[str, Any]

#: Rows that hold others: all of them, any of them, none of them.
GROUPS: Final = ("all", "any", "none")
#: Rows that compare: a fact of the deed by its name, or one of these.
MEASURES: Final = ("metric", "level", "member_days", "badge", "streak")


def tree_of(join: str, rows: Mapping[int, Row]) -> tuple[Tree, dict[Where, int]]:
    """The condition that ``rows`` say, joined by ``join``, and the row that each place in it came from.

    Raises ``Malformed`` with the number of the row where rows hang in the air.
    """
    below = _below(rows)
    places: dict[Where, int] = {}

    def node(number: int, where: Where) -> Tree:
        places[where] = number
        row, inner = rows[number], below.get(number, [])
        if row["kind"] not in GROUPS:
            return leaf(row)
        if row["kind"] != "none":
            return group(row["kind"], inner, where)
        if len(inner) == 1:
            return {"not": node(inner[0], (*where, "not"))}
        places[*where, "not"] = number
        return {"not": group("any", inner, (*where, "not"))}

    def group(kind: str, inner: Sequence[int], where: Where) -> Tree:
        return {kind: [node(number, (*where, kind, place)) for place, number in enumerate(inner)]}

    top = below[None]
    if not top:
        return {}, places
    if len(top) == 1:
        return node(top[0], ()), places
    return group(join, top, ()), places


def row_at(where: Where, places: Mapping[Where, int]) -> int | None:
    """The row that the place ``where`` of the condition came from."""
    for length in range(len(where), -1, -1):
        if where[:length] in places:
            return places[where[:length]]
    return None


def rows_of(tree: Mapping[str, Any]) -> tuple[str, list[Row]]:
    """How the top rows of a checked condition are joined, and its rows, each group before what it holds."""
    if not tree:
        return "all", []
    rows: list[Row] = []
    for join in ("all", "any"):
        if join in tree:
            for part in tree[join]:
                _add(part, None, rows)
            return join, rows
    _add(tree, None, rows)
    return "all", rows


def nested(rows: Mapping[int, Row]) -> Iterator[tuple[int, int]]:
    """Number and depth of each row in reading order; rows that hang in the air come last."""
    below: dict[int | None, list[int]] = {}
    for number, row in rows.items():
        below.setdefault(row.get("inside"), []).append(number)
    seen: set[int] = set()

    def walk(inside: int | None, depth: int) -> Iterator[tuple[int, int]]:
        for number in below.get(inside, ()):
            if number not in seen:
                seen.add(number)
                yield number, depth
                yield from walk(number, depth + 1)

    yield from walk(None, 0)
    yield from ((number, 0) for number in rows if number not in seen)


def leaf(row: Row) -> Tree:
    """The comparison that a row says."""
    kind, compared = row["kind"], {"is": row.get("counting") or "ge", "value": row.get("number")}
    if kind == "metric":
        days, distinct = row.get("days"), bool(row.get("distinct"))
        return {"metric": row.get("metric"), "of": row.get("of") or "recipient", "days": days, "distinct": distinct} | (
            compared
        )
    if kind in {"level", "member_days"}:
        return {kind: True, **compared}
    if kind == "streak":
        return {"streak": row.get("streak"), **compared}
    if kind == "badge":
        return {"badge": row.get("badge"), "tier": row.get("tier") or None}
    fact = FACTS.get(kind)
    if fact is not None and fact.kind is Kind.FLAG:
        return {"fact": kind, "is": "eq", "value": row.get("flag") != "no"}
    own = [value.partition(":")[2] for value in row.get("values", ()) if value.startswith(f"{kind}:")]
    chosen = [int(value) if value.isdecimal() else value for value in own]
    return {"fact": kind, "is": row.get("choosing") or "in", "value": chosen}


def _below(rows: Mapping[int, Row]) -> dict[int | None, list[int]]:
    """What each row holds; what hangs in the air is refused."""
    below: dict[int | None, list[int]] = {None: []}
    for number, row in rows.items():
        inside = row.get("inside")
        if inside is not None and (inside not in rows or rows[inside]["kind"] not in GROUPS):
            raise Malformed((number,), "inside_nothing")
        below.setdefault(inside, []).append(number)
    for number in rows:
        _refuse_circle(number, rows)
    return below


def _refuse_circle(number: int, rows: Mapping[int, Row]) -> None:
    above, seen = rows[number].get("inside"), {number}
    while above is not None:
        if above in seen:
            raise Malformed((number,), "inside_itself")
        seen.add(above)
        above = rows[above].get("inside")


def _add(tree: Mapping[str, Any], inside: int | None, rows: list[Row]) -> None:
    place = len(rows)
    for kind in ("all", "any"):
        if kind in tree:
            rows.append({"kind": kind, "inside": inside})
            for part in tree[kind]:
                _add(part, place, rows)
            return
    if "not" in tree:
        rows.append({"kind": "none", "inside": inside})
        denied = tree["not"]
        several = denied["any"] if len(denied.get("any", ())) > 1 else [denied]
        for part in several:
            _add(part, place, rows)
        return
    rows.append({"inside": inside, **_leaf_row(tree)})


def _leaf_row(tree: Mapping[str, Any]) -> Row:
    if "badge" in tree:
        return {"kind": "badge", "badge": tree["badge"], "tier": tree.get("tier") or ""}
    if "fact" not in tree:
        kind = next(kind for kind in MEASURES if kind in tree)
        own = {kind: tree[kind]} if kind in {"metric", "streak"} else {}
        window = {} if kind != "metric" else _window(tree)
        return {"kind": kind, **own, **window, "counting": tree["is"], "number": tree["value"]}
    fact, value = tree["fact"], tree["value"]
    if isinstance(value, bool):
        return {"kind": fact, "flag": "yes" if value else "no"}
    values = value if isinstance(value, list | tuple) else [value]
    choosing = {"eq": "in", "ne": "not_in"}.get(tree["is"], tree["is"])
    return {"kind": fact, "choosing": choosing, "values": [f"{fact}:{one}" for one in values]}


def _window(tree: Mapping[str, Any]) -> Row:
    return {
        "of": tree.get("of", "recipient"),
        "days": tree.get("days"),
        "distinct": tree.get("distinct", False),
    }
