"""Two web nodes and a worker as the Procfile starts them: a deed on one node is told on the other."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests import databases, services
from tests.recovery.product import Product, product

pytestmark = pytest.mark.django_db(transaction=True)
#: A busy machine's patience; the journeys assert the two seconds that people are promised.
PATIENCE = 20.0


def test_a_deed_on_one_node_reaches_the_tab_that_is_open_on_another() -> None:
    with tempfile.TemporaryDirectory(prefix="kundenkreis-nodes-") as name, services.redis(Path(name)) as redis:
        folder, addresses = Path(name), {"DATABASE_URL": databases.fresh(Path(name)), "REDIS_URL": redis}
        with product(folder, **addresses) as here, product(folder, **addresses) as there:
            told_on_the_other(here, there)


def told_on_the_other(here: Product, there: Product) -> None:
    prepared = here.run("-m", "tests.recovery.deeds", "prepare", "1")
    ((path, session),) = prepared["accepting"]
    here.worker()
    here.web()
    there.web()
    here.await_rest(seconds=PATIENCE)

    with connect(
        f"ws://localhost:{there.port}/ws/live/",
        additional_headers={"Cookie": f"sessionid={prepared['helper']}"},
        origin=Origin(f"http://localhost:{there.port}"),
    ) as tab:
        tab.send(json.dumps({"type": "hello", "watch": [int(path.split("/")[2])]}))
        frames_until(tab, {("unread", "")})
        status, _body = here.ask("POST", path, session=session)
        assert status == 303
        frames_until(tab, {("thread", "solved"), ("notification", "badge.earned")})


def frames_until(tab: ClientConnection, wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Read frames, in whatever order they come, until all that is ``wanted`` was there."""
    seen: set[tuple[str, str]] = set()
    while not wanted <= seen:
        frame = json.loads(tab.recv(timeout=PATIENCE))
        seen.add((frame["type"], frame.get("state") or frame.get("kind") or ""))
    return seen
