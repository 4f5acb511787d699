"""What waits for a reader, slow or not."""

from __future__ import annotations

import asyncio

import pytest

from chat.consumers.outbox import Outbox
from chat.wire import encode

FRAMES = [encode({"type": "pong", "number": number}) for number in range(10)]


class Reader:
    """A reader who takes frames while ``ready`` is set; ``wired`` with a server that takes finished frames."""

    def __init__(self, *, wired: bool = True) -> None:
        self.ready, self.wired, self.read, self.closed = asyncio.Event(), wired, list[str](), 0
        self.ready.set()
        self.outbox = Outbox(self.take, self.overflow, at_once=self.take_at_once)

    def take_at_once(self, framed: bytes) -> bool:
        if not self.wired or not self.ready.is_set():
            return False
        self.read.append(framed[2:].decode())
        return True

    async def take(self, text: str) -> None:
        await self.ready.wait()
        self.read.append(text)

    def put(self, begin: int, end: int) -> None:
        for frame in FRAMES[begin:end]:
            self.outbox.put(frame)

    async def overflow(self) -> None:
        self.closed += 1


async def settled() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


def texts(begin: int, end: int) -> list[str]:
    return [frame.text for frame in FRAMES[begin:end]]


async def test_who_keeps_up_gets_everything_at_once() -> None:
    reader = Reader()
    reader.put(0, 3)
    assert reader.read == texts(0, 3)


@pytest.mark.parametrize("wired", [True, False])
async def test_who_is_slow_gets_everything_in_its_order_later(wired: bool) -> None:
    reader = Reader(wired=wired)
    reader.ready.clear()
    reader.put(0, 5)
    reader.ready.set()
    # What waits comes first, although the reader is back.
    reader.put(5, 6)
    assert reader.read == []
    await settled()
    reader.put(6, 7)
    await settled()
    assert (reader.read, reader.closed) == (texts(0, 7), 0)


async def test_who_does_not_read_is_closed_once_and_the_backlog_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Outbox, "MOST", 3)
    reader = Reader()
    reader.ready.clear()
    reader.put(0, 1)
    await settled()
    reader.put(1, 9)
    reader.ready.set()
    await settled()
    reader.put(9, 10)
    await settled()
    assert (reader.read, reader.closed) == (texts(0, 1), 1)


async def test_a_reader_who_is_gone_harms_nobody() -> None:
    async def gone(_text: str) -> None:
        raise ConnectionResetError

    reader = Reader()
    outbox = Outbox(gone, reader.overflow, at_once=lambda _framed: False)
    for frame in FRAMES[:2]:
        outbox.put(frame)
    await settled()
    assert reader.closed == 0
