"""``unchanged``: a refusal left every row of the product as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from community.refusals import Refusal


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the product by model, as the database has it: models would take twenty times as long."""
    found = {}
    with connection.cursor() as cursor:
        for label, query in _queries().items():
            cursor.execute(query)
            found[label] = cursor.fetchall()
    return found


@cache
def _queries() -> dict[str, str]:
    floors = ("community", "gamification", "chat", "ambassadors")
    models = [model for app in floors for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    return {model._meta.label: str(model._base_manager.order_by("pk").values_list().query) for model in models}


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
