"""What waits for a reader, slow or not."""

from __future__ import annotations

import asyncio

import pytest

from chat.consumers.outbox import Outbox


class Reader:
    """A reader who takes texts while ``ready`` is set."""

    def __init__(self) -> None:
        self.ready, self.read, self.closed = asyncio.Event(), list[str](), 0
        self.ready.set()

    async def take(self, text: str) -> None:
        await self.ready.wait()
        self.read.append(text)

    async def overflow(self) -> None:
        self.closed += 1


async def settled() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


async def test_who_keeps_up_gets_everything_at_once() -> None:
    reader = Reader()
    outbox = Outbox(reader.take, reader.overflow)
    for number in range(3):
        outbox.put(str(number))
    assert reader.read == ["0", "1", "2"]


async def test_who_is_slow_gets_everything_in_its_order_later() -> None:
    reader = Reader()
    outbox = Outbox(reader.take, reader.overflow)
    reader.ready.clear()
    for number in range(5):
        outbox.put(str(number))
    assert reader.read == []
    reader.ready.set()
    await settled()
    outbox.put("5")
    await settled()
    assert (reader.read, reader.closed) == (["0", "1", "2", "3", "4", "5"], 0)


async def test_who_does_not_read_is_closed_once_and_the_backlog_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Outbox, "MOST", 3)
    reader = Reader()
    outbox = Outbox(reader.take, reader.overflow)
    reader.ready.clear()
    for number in range(9):
        outbox.put(str(number))
    reader.ready.set()
    await settled()
    outbox.put("9")
    await settled()
    assert (reader.read, reader.closed) == (["0"], 1)


async def test_a_reader_who_is_gone_harms_nobody() -> None:
    async def gone(_text: str) -> None:
        raise ConnectionResetError

    reader = Reader()
    outbox = Outbox(gone, reader.overflow)
    outbox.put("0")
    outbox.put("1")
    await settled()
    assert reader.closed == 0
