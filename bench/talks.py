"""The chat against a bare ASGI websocket server in the same run: latency, throughput, fan-out, CPU and memory.

``python -m bench --chat`` measures this alone. In the fan-out the two take turns: other work meets both.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from django.utils import timezone

from bench import client
from bench.client import Connection
from bench.pages import session_of
from bench.report import Section
from bench.socket import Socket, open_socket
from chat.models import Conversation, Participant
from chat.services import conversations
from community.models import Member
from community.services import members
from tests.services import free_port

PAIRS = 10
#: Below what is slowed: a person types no faster.
EACH = 40
PATIENCE = 60.0
TEXT = "How often do you clean the brew group? I do it every second week, with warm water and nothing else."


@dataclass(slots=True)
class Pair:
    """Two people with a conversation; ``here`` writes, ``there`` listens."""

    conversation: int
    sessions: tuple[str, str]

    def frame(self) -> bytes:
        """A message to be sent."""
        name = str(uuid.uuid4())
        frame = {"type": "send", "conversation": self.conversation, "client_id": name, "body": TEXT}
        return json.dumps(frame).encode()


@dataclass(slots=True)
class Side:
    """What one of the two servers took: milliseconds of clock and of its CPU for each message; bytes."""

    memory: float
    taken: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def measure(port: int, *, sockets: int, rounds: int) -> list[Section]:
    """All four, each beside the bare server."""
    pairs = [_pair(n) for n in range(PAIRS)]
    with _bare() as (bare, process):
        return asyncio.run(_measure(port, bare, process, pairs, sockets, rounds))


async def _measure(port: int, bare: int, process: int, pairs: list[Pair], count: int, rounds: int) -> list[Section]:
    chat, rate = await _talks(port, pairs)
    echo, bare_rate = await _bare_talks(bare)
    ours, theirs = await _fan_out(port, bare, process, pairs[0], count, rounds)
    ratios = [round(of(ours.taken) / of(theirs.taken), 2) for of in (median, min)]
    return [
        Section(
            "Send → other browser, and messages a second",
            ("server", "p50 ms", "p99 ms", "messages/s"),
            (("chat", *_of(chat), round(rate)), ("bare ASGI server, no log", *_of(echo), round(bare_rate))),
        ),
        Section(
            f"One message to {count:,} sockets, until the last has it; memory of {count:,} idle sockets",
            ("server", "median ms", "fastest ms", "CPU ms", "MB"),
            (
                ("chat", *_best(ours.taken), round(median(ours.cpu), 1), round(ours.memory / 1e6, 1)),
                (
                    "bare ASGI server, no log",
                    *_best(theirs.taken),
                    round(median(theirs.cpu), 1),
                    round(theirs.memory / 1e6, 1),
                ),
                ("ratio", *ratios, round(median(ours.cpu) / median(theirs.cpu), 2), ""),
            ),
        ),
    ]


async def _talks(port: int, pairs: list[Pair]) -> tuple[list[float], float]:
    """One message after the other, then everybody at once."""
    writers = [await _chat(port, pair.sessions[0]) for pair in pairs]
    readers = [await _chat(port, pair.sessions[1]) for pair in pairs]
    taken = []
    for number in range(PAIRS * 10):
        pair, reader = pairs[number % PAIRS], readers[number % PAIRS]
        taken.append(await _one(writers[number % PAIRS], [reader], pair.frame()))
    begin = time.perf_counter()
    await asyncio.gather(
        *(_run(writer, reader, pair) for writer, reader, pair in zip(writers, readers, pairs, strict=True))
    )
    rate = PAIRS * EACH / (time.perf_counter() - begin)
    for socket in (*writers, *readers):
        socket.close()
    return taken, rate


async def _run(writer: Socket, reader: Socket, pair: Pair) -> None:
    for _ in range(EACH):
        await _one(writer, [reader], pair.frame())


async def _fan_out(port: int, bare: int, process: int, pair: Pair, count: int, rounds: int) -> tuple[Side, Side]:
    ours, theirs = Side(-await _asked(port, "memory")), Side(-_resident(process))
    writer = await _chat(port, pair.sessions[0])
    readers = [await _chat(port, pair.sessions[1]) for _ in range(count)]
    bare_writer = await open_socket(bare, "/")
    bare_readers = [await open_socket(bare, "/") for _ in range(count)]
    ours.memory += await _asked(port, "memory")
    theirs.memory += _resident(process)
    for _ in range(rounds):
        before = await _asked(port, "cpu")
        ours.taken.append(await _one(writer, readers, pair.frame()))
        ours.cpu.append(1000 * (await _asked(port, "cpu") - before))
        spent = _cpu(process)
        theirs.taken.append(await _one(bare_writer, bare_readers, _framed()))
        theirs.cpu.append(1000 * (_cpu(process) - spent))
    for socket in (writer, bare_writer, *readers, *bare_readers):
        socket.close()
    return ours, theirs


async def _bare_talks(port: int) -> tuple[list[float], float]:
    """The same on the bare server: as many pairs, as many messages."""
    writers = [await open_socket(port, f"/{n}") for n in range(PAIRS)]
    readers = [await open_socket(port, f"/{n}") for n in range(PAIRS)]
    taken = [await _one(writers[n % PAIRS], [readers[n % PAIRS]], _framed()) for n in range(PAIRS * 10)]

    async def run(writer: Socket, reader: Socket) -> None:
        for _ in range(EACH):
            await _one(writer, [reader], _framed())

    begin = time.perf_counter()
    await asyncio.gather(*(run(writer, reader) for writer, reader in zip(writers, readers, strict=True)))
    rate = PAIRS * EACH / (time.perf_counter() - begin)
    for socket in (*writers, *readers):
        socket.close()
    return taken, rate


async def _one(writer: Socket, readers: list[Socket], frame: bytes) -> float:
    """Milliseconds from sending until the last reader has it."""
    all_have = asyncio.get_running_loop().create_future()
    left, mark = len(readers), b'"body":'

    def heard(text: bytes, at: float) -> None:
        nonlocal left
        if mark in text:
            left -= 1
            if not left:
                all_have.set_result(at)

    for reader in readers:
        reader.heard = heard
    begin = time.perf_counter()
    writer.send(frame)
    last: float = await asyncio.wait_for(all_have, PATIENCE)
    for reader in readers:
        reader.heard = lambda _text, _at: None
    return 1000 * (last - begin)


async def _chat(port: int, session: str) -> Socket:
    """A socket of the chat that has been welcomed."""
    socket = await open_socket(port, "/ws/chat/", session=session)
    welcome = asyncio.get_running_loop().create_future()
    socket.heard = lambda text, _at: None if welcome.done() or b'"hello"' not in text else welcome.set_result(None)
    socket.send(b'{"type":"hello","seen":{}}')
    await asyncio.wait_for(welcome, PATIENCE)
    return socket


def _pair(number: int) -> Pair:
    now = timezone.now()
    people = [_member(f"talker-{number}-{side}") for side in ("here", "there")]
    talk = conversations.with_member(by=people[0], to=people[1], at=now)
    Conversation.objects.filter(pk=talk.pk).update(requested_by=None)
    Participant.objects.filter(conversation=talk).update(joined_at=now)
    return Pair(talk.pk, (session_of(people[0]), session_of(people[1])))


def _member(handle: str) -> Member:
    return members.create(
        email=f"{handle}@bench.example", password=None, display_name=handle, language="de", at=timezone.now()
    )


def _framed() -> bytes:
    """A frame as long as the chat's own, for the bare server to pass on."""
    return json.dumps({"type": "message", "body": TEXT, "html": f"<p>{TEXT}</p>", "padding": "x" * 300}).encode()


@contextmanager
def _bare() -> Iterator[tuple[int, int]]:
    """Run the bare server and yield its port and its process."""
    port = free_port()
    options = ["--port", str(port), "--ws", "websockets-sansio", "--lifespan", "off", "--log-level", "warning"]
    process = subprocess.Popen(  # noqa: S603 - our own arguments
        [sys.executable, "-m", "uvicorn", "bench.bare:application", *options], cwd=Path(__file__).parents[1]
    )
    try:
        asyncio.run(_listens(port))
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


async def _listens(port: int) -> None:
    for _ in range(200):
        try:
            (await Connection.open(port)).close()
        except OSError:
            await asyncio.sleep(0.1)
        else:
            return
    raise SystemExit("The bare server did not start.")


async def _asked(port: int, what: str) -> float:
    connection = await Connection.open(port)
    answer = await connection.send(client.request(f"/bench/{what}/"))
    connection.close()
    return float(answer.body)


def _resident(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _cpu(process: int) -> float:
    """Seconds, to the nanosecond: what the kernel tells in ticks is too coarse."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def _of(taken: list[float]) -> tuple[float, float]:
    return round(median(taken), 1), round(quantiles(taken, n=100)[-1], 1)


def _best(taken: list[float]) -> tuple[float, float]:
    return round(median(taken), 1), round(min(taken), 1)
