"""From deed to toast: an answer is accepted in one browser, and an open tab of its author says so."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from bench import client, data
from bench.client import Connection
from bench.pages import session_of
from bench.report import Section
from community.models import Answer, Member
from gamification.services.messages import BADGE_EARNED, POINTS_EARNED

EARNED = {POINTS_EARNED, BADGE_EARNED}
PATIENCE = 20
#: Seconds between two deeds: a tab that sends more than six frames a second is taken for a flood.
PAUSE = 0.2


def measure(port: int, *, deeds: int, helper: Member) -> Section:
    """Accept so many answers one after the other; the time runs from the request to the frame with the points."""
    answers = [(answer, session_of(answer.thread.author)) for answer in data.waiting(deeds, helper=helper)]
    taken = asyncio.run(_measure(port, answers, helper=session_of(helper)))
    milliseconds = sorted(1000 * seconds for seconds in taken)
    figures = (median(milliseconds), quantiles(milliseconds, n=20)[-1], milliseconds[-1])
    return Section(
        "Deed → toast: POST accept until the frame on the author's socket",
        ("deeds", "p50 ms", "p95 ms", "longest ms"),
        ((str(deeds), *(round(figure, 1) for figure in figures)),),
    )


async def _measure(port: int, answers: list[tuple[Answer, str]], *, helper: str) -> list[float]:
    browser = await Connection.open(port)
    headers = {"Cookie": f"sessionid={helper}"}
    address, origin = f"ws://localhost:{port}/ws/live/", Origin(f"http://localhost:{port}")
    async with connect(address, additional_headers=headers, origin=origin) as tab:
        await tab.send(json.dumps({"type": "hello", "watch": []}))
        await _until(tab, lambda frame: frame["type"] == "unread")
        taken = []
        for answer, asker in answers:
            taken.append(await _one(browser, tab, answer, asker))
            await asyncio.sleep(PAUSE)
    browser.close()
    return taken


async def _one(browser: Connection, tab: ClientConnection, answer: Answer, asker: str) -> float:
    path = f"/threads/{answer.thread_id}/answers/{answer.pk}/accept/"
    start = time.perf_counter()
    async with asyncio.timeout(PATIENCE):
        posted, arrived = await asyncio.gather(
            browser.send(client.request(path, session=asker, method="POST")),
            _until(tab, lambda frame: frame.get("kind") in EARNED),
        )
    if posted.status != 303:
        raise SystemExit(f"{path} was answered with {posted.status}.")
    return arrived - start


async def _until(tab: ClientConnection, wanted: Callable[[dict[str, Any]], bool]) -> float:
    """Read frames until the wanted one, say which notifications were seen, return when it arrived."""
    seen = []
    while True:
        frame = json.loads(await tab.recv())
        arrived = time.perf_counter()
        if frame["type"] == "notification":
            seen.append(frame["id"])
        if wanted(frame):
            await tab.send(json.dumps({"type": "seen", "ids": seen}))
            return arrived
