"""Example values from an OpenAPI schema, for the readable docs. Pure: a dictionary in, plain data out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

#: Believable values for names that say more than their type.
NAMED: Mapping[str, Any] = {
    "title": "Which grind for a moka pot?",
    "body": "A little coarser than for **espresso**.",
    "html": "<p>A little coarser than for <strong>espresso</strong>.</p>",
    "handle": "mara",
    "name": "Mara Lindqvist",
    "email": "mara@example.com",
    "timezone": "Europe/Berlin",
    "bio": "Roasts at home.",
    "slug": "aurora-s1",
    "badge": "helping-hand",
    "product": "aurora-s1",
    "topic": "brewing",
    "kind": "answer.accepted",
    "verb": "answer.accepted",
    "reason": "Your answer was accepted",
    "cursor": "WzAsMTJd",
    "price": "649.00",
    "currency": "EUR",
    "sku": "AURORA-S1",
    "order": "W-1042",
    "customer": "C-7",
    "ref": "C-7",
    "conversation": "",
    "code": "K7PM-3XQ9-AB2C",
    "basket": "B-17",
    "reservation": "cu_n0tAReal0neButAsLong",
    "redemption": "cu_n0tAReal0neButAsLong",
}
BY_FORMAT: Mapping[str, Any] = {
    "date-time": "2026-03-02T09:30:00+01:00",
    "date": "2026-03-02",
    "uri": "https://community.example/…",
    "email": "mara@example.com",
    "decimal": "649.00",
}
BY_TYPE: Mapping[str, Any] = {"string": "…", "integer": 12, "number": 1.5, "boolean": True}


def example(schema: Schema, components: Mapping[str, Schema], *, name: str = "") -> Any:
    """Return a value that ``schema`` allows; references are looked up in ``components``."""
    schema = _resolved(schema, components)
    if "default" in schema:
        return schema["default"]
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            return _object(schema, components)
        case "array":
            return [example(schema["items"], components, name=name)]
        case kind:
            return _plain(schema, str(kind), name)


def _resolved(schema: Schema, components: Mapping[str, Schema]) -> Schema:
    """Follow references, and take the first way of several."""
    while True:
        union = next((schema[word] for word in ("allOf", "oneOf", "anyOf") if word in schema), None)
        if union:
            schema = union[0]
        elif "$ref" in schema:
            schema = components[schema["$ref"].rpartition("/")[2]]
        else:
            return schema


def _object(schema: Schema, components: Mapping[str, Schema]) -> dict[str, Any]:
    if "properties" not in schema:
        inner = schema.get("additionalProperties")
        return {"title": example(inner, components)} if isinstance(inner, Mapping) and inner else {}
    return {name: example(part, components, name=name) for name, part in schema["properties"].items()}


def _plain(schema: Schema, kind: str, name: str) -> Any:
    if name in {"next", "previous"}:
        return "https://community.example/…?cursor=WzAsMTJd" if name == "next" else None
    if kind == "string" and schema.get("format") in BY_FORMAT:
        return BY_FORMAT[schema["format"]]
    if kind == "string" and name in NAMED:
        return NAMED[name]
    return BY_TYPE.get(kind)
