"""The OpenAPI document, arranged for reading: groups of operations with examples, and every problem code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from drf_spectacular.generators import SchemaGenerator

from community.api import problems, schema
from community.api.examples import example

METHODS = ("get", "post", "put", "patch", "delete")
TONES: Mapping[str, str] = {"get": "fjord", "post": "spruce", "put": "crema", "patch": "crema", "delete": "cherry"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that an address, its query or a header takes."""

    name: str
    place: str
    kind: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One status that an operation answers with; an example where it has a body of its own."""

    status: int
    meaning: str
    example: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address."""

    id: str
    method: str
    tone: str
    path: str
    summary: str
    description: str
    audience: str
    parameters: list[Parameter]
    body: str
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one resource."""

    name: str
    operations: list[Operation]


@dataclass(frozen=True, slots=True)
class Problem:
    """A code and what it means."""

    code: str
    status: int
    title: str
    meaning: str | Promise


@cache
def groups() -> list[Group]:
    """Every resource with its operations, in the order of the addresses; built once for each process."""
    with translation.override("en"):
        document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call] # drf-spectacular's own
    components = document["components"]["schemas"]
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method in METHODS:
            if described := methods.get(method):
                operation = _operation(path, method, described, components)
                found.setdefault(described["tags"][0], []).append(operation)
    return [Group(name, operations) for name, operations in found.items()]


def problem_codes() -> list[Problem]:
    """Every code that some operation may answer with, by status."""
    known = {**problems.MEANINGS, **schema.REFUSALS}
    rows = sorted((status, code, meaning) for code, (status, meaning) in known.items())
    return [Problem(code, status, HTTPStatus(status).phrase, meaning) for status, code, meaning in rows]


def _operation(path: str, method: str, described: Mapping[str, Any], components: Mapping[str, Any]) -> Operation:
    request = described.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return Operation(
        id=described["operationId"],
        method=method.upper(),
        tone=TONES[method],
        path=path,
        summary=described["summary"],
        description=described.get("description", "").replace("`", ""),
        audience=_audience(described.get("security", [{}])),
        parameters=[_parameter(told) for told in described.get("parameters", [])],
        body=_written(example(request, components)) if request else "",
        answers=[_answer(int(status), told, components) for status, told in described["responses"].items()],
    )


def _audience(security: list[Mapping[str, Any]]) -> str:
    """Who may call it, by what it takes to be known."""
    if {} in security:
        return "for everybody"
    return "for the shop's server" if any("shopKey" in way for way in security) else "for members"


def _parameter(told: Mapping[str, Any]) -> Parameter:
    return Parameter(
        name=told["name"],
        place=told["in"],
        kind=_kind(told["schema"]),
        required=told.get("required", False),
        meaning=told.get("description", "").replace("`", ""),
    )


def _answer(status: int, told: Mapping[str, Any], components: Mapping[str, Any]) -> Answer:
    body = told.get("content", {}).get("application/json", {}).get("schema")
    meaning = told.get("description") or HTTPStatus(status).phrase
    return Answer(status, meaning.replace("`", ""), _written(example(body, components)) if body else "")


def _kind(of: Mapping[str, Any]) -> str:
    """What a parameter may be, in words."""
    if "enum" in of:
        return " | ".join(str(choice) for choice in of["enum"])
    bounds = [f"{word} {of[key]}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in of]
    return " ".join([str(of.get("type", "")), *bounds])


def _written(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
