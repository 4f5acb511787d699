"""For migrations: create many tables at about the price of one.

Django renders the models of the whole project anew after each ``CreateModel`` that points at others. With a hundred
tables that is most of the time of a fresh ``migrate``, so here tables that come together are rendered once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel, Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


def tables_at_once(migration: type[Migration]) -> type[Migration]:
    """Decorate a migration to turn each run of ``CreateModel`` in it into one operation."""
    runs = groupby(migration.operations, key=lambda operation: isinstance(operation, CreateModel))
    migration.operations = [
        operation for tables, run in runs for operation in ([_CreateModels(list(run))] if tables else run)
    ]
    return migration


class _CreateModels(Operation):
    """What ``models`` do, in their order; a foreign key among them points back."""

    def __init__(self, models: Sequence[Operation]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Nothing is rendered again model by model while nothing is rendered.
        if "apps" in state.__dict__:
            del state.apps
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(model.describe() for model in self.models)
