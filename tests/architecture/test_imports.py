"""Floors and layers: the contracts of pyproject.toml, and what an import graph cannot show."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Field, Model
from importlinter.cli import lint_imports

from tests.architecture.tree import FLOORS, LEVELS, ROOT, files, matching


def test_every_import_contract_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
    assert exit_code == 0, capsys.readouterr().out


def relations(app: str) -> Iterator[tuple[type[Model], Field[object, object], type[Model]]]:
    for model in apps.get_app_config(app).get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            target = field.related_model
            if isinstance(field, Field) and isinstance(target, type):
                yield model, field, target


def below(app: str) -> set[str]:
    level = next(number for number, floor in enumerate(LEVELS) if app in floor)
    return {lower for floor in LEVELS[level + 1 :] for lower in floor}


@pytest.mark.parametrize("app", FLOORS)
def test_foreign_keys_point_down_only(app: str) -> None:
    elsewhere = set(FLOORS) - {app} - below(app)
    wrong = [
        f"{model.__name__}.{field.name} → {target._meta.label}"
        for model, field, target in relations(app)
        if target._meta.app_label in elsewhere
    ]
    assert wrong == []


def test_services_queries_and_models_never_touch_a_request() -> None:
    inner = files(*(f"{app}/{layer}/*.py" for app in FLOORS for layer in ("services", "queries", "models")))
    assert matching(r"^\s*(from|import) django\.(http|shortcuts|views|contrib\.messages)|\brequest\.\w", inner) == []


def test_services_never_import_a_task_or_read_the_clock() -> None:
    services = files(*(f"{app}/services/*.py" for app in FLOORS))
    assert matching(r"\.tasks\b|import tasks|datetime\.now\(|\.delay\(", services) == []


def test_models_stay_without_save_overrides_and_signals() -> None:
    models = files(*(f"{app}/models/*.py" for app in FLOORS))
    assert matching(r"def save\(|(pre|post)_(save|delete)\b", models) == []
