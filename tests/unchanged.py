"""``unchanged``: a refusal left every row of the product as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps

from community.refusals import Refusal


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of community, gamification and chat."""
    models = [model for app in ("community", "gamification", "chat") for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


@contextmanager
def unchanged() -> Iterator[None]:
    """Fail where the block changed anything."""
    before = rows()
    yield
    assert rows() == before


@contextmanager
def refused(refusal: type[Refusal]) -> Iterator[None]:
    """Fail unless the block raises exactly ``refusal`` and changes nothing."""
    with unchanged(), pytest.raises(refusal) as raised:
        yield
    assert type(raised.value) is refusal
