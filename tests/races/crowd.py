"""Many threads that do something at the same moment, each on a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from community.refusals import Refusal
from community.registry import Difference, registry


@dataclass(slots=True)
class Outcome:
    """What the threads returned, were refused, and broke on."""

    answers: list[Any] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def at_once(deeds: Sequence[Callable[[], Any]]) -> Outcome:
    """Do all ``deeds``, each in a thread, starting together; a refusal is an answer, anything else raised an error."""
    outcome = Outcome()
    barrier = threading.Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> None:
        try:
            barrier.wait(30)
            outcome.answers.append(deed())
        except Refusal as refusal:
            outcome.refusals.append(refusal.code)
        except Exception as error:  # noqa: BLE001 - the test reports whatever it was
            outcome.errors.append(repr(error))
        finally:
            connection.close()

    crowd = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(120)
    assert not any(one.is_alive() for one in crowd)
    return outcome


def differences() -> list[Difference]:
    """Everything that ``verify`` finds."""
    return [difference for check in registry.verify_checks.values() for difference in check()]
