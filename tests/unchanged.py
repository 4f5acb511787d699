"""``unchanged``: a refusal left every row of the product as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from community.refusals import Refusal
from tests import databases


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the product by model, as the database has it: models would take twenty times as long."""
    found: dict[str, list[tuple[Any, ...]]] = {model._meta.label: [] for model in _queries()}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for model, query in _queries().items():
                found[model._meta.label] = cursor.execute(query).fetchall()
            return found
        # One question for all tables, and none about those that were never written to: each has its price.
        written = databases.written()
        asked = {model: query for model, query in _queries().items() if model._meta.db_table in written}
        cursor.execute("; ".join(asked.values()))
        for model in asked:
            found[model._meta.label] = cursor.fetchall()
            cursor.nextset()
    return found


@cache
def _queries() -> dict[type[Model], str]:
    floors = ("community", "gamification", "chat", "ambassadors")
    models = [model for app in floors for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return {model: str(model._base_manager.order_by("pk").values_list().query) for model in models}


@contextmanager
def unchanged() -> Iterator[None]:
    """Fail where the block changed anything."""
    before = rows()
    yield
    assert rows() == before


@contextmanager
def refused(refusal: type[Refusal] | str) -> Iterator[None]:
    """Fail unless the block raises exactly ``refusal``, a class or its code, and changes nothing."""
    with unchanged(), pytest.raises(Refusal) as raised:
        yield
    assert refusal in (type(raised.value), raised.value.code)
