"""``verify`` compares what stands in the database at one moment."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection

from community.models import Thread
from community.registry import Difference, registry
from tests import factories


def elsewhere() -> None:
    factories.thread()
    connection.close()


def impatient() -> Iterator[Difference]:
    """Counts the threads twice and asks a question from another connection in between."""
    before = Thread.objects.count()
    asking = threading.Thread(target=elsewhere, name="asking")
    asking.start()
    # On SQLite the question waits until everything was compared; on PostgreSQL it is stored by now.
    asking.join(1)
    if (after := Thread.objects.count()) != before:
        yield Difference("impatient", "threads", str(before), str(after))


@pytest.mark.django_db
def test_prints_no_difference_of_an_untouched_database(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify", json=True)
    assert json.loads(capsys.readouterr().out) == {"differences": []}


@pytest.mark.django_db(transaction=True)
def test_what_is_done_meanwhile_is_no_difference(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(registry, "verify_checks", {"impatient": impatient})
    call_command("verify", json=True)
    assert json.loads(capsys.readouterr().out) == {"differences": []}
    for thread in threading.enumerate():
        if thread.name == "asking":
            thread.join()
    assert Thread.objects.count() == 1
