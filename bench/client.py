"""A client that costs little: HTTP over connections that stay open, as a browser or a proxy keeps them."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

CONNECTIONS = 4
#: What Django compares in cookie and header; a browser gets such a value from the first form.
CSRF = "a" * 32
#: A header that pages do not read; who sends it is not served a page kept for visitors.
ANEW = {"authorization": "none"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


class Connection:
    """One connection to the server, for one request after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> Connection:
        """Connect to a port of this machine."""
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=2**20))

    async def send(self, request: bytes) -> Answer:
        """Send a prepared request and read its answer to the end."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        status, *fields = head.decode("latin-1").split("\r\n")
        length = next((int(f[15:]) for f in fields if f.lower().startswith("content-length:")), 0)
        return Answer(int(status.split(" ")[1]), await self._reader.readexactly(length))

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


def request(path: str, *, session: str = "", method: str = "GET", anew: bool = False) -> bytes:
    """Prepare a request, signed in by the key of a ``session``."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Accept-Language: de", "User-Agent: bench"]
    if anew:
        lines += [f"{name}: {value}" for name, value in ANEW.items()]
    if session:
        lines.append(f"Cookie: sessionid={session}; csrftoken={CSRF}")
    if method == "POST":
        lines += [f"X-CSRFToken: {CSRF}", "Content-Length: 0"]
    return "\r\n".join([*lines, "", ""]).encode()


async def load(port: int, prepared: bytes, seconds: float) -> float:
    """Send the same request over ``CONNECTIONS`` connections for so long; return how many were answered a second."""
    connections = [await Connection.open(port) for _ in range(CONNECTIONS)]
    start = time.perf_counter()
    counts = await asyncio.gather(*(_repeat(connection, prepared, start + seconds) for connection in connections))
    elapsed = time.perf_counter() - start
    for connection in connections:
        connection.close()
    return sum(counts) / elapsed


async def _repeat(connection: Connection, prepared: bytes, end: float) -> int:
    count = 0
    while time.perf_counter() < end:
        answer = await connection.send(prepared)
        if answer.status != 200:
            raise SystemExit(f"{prepared.splitlines()[0]!r} was answered with {answer.status}.")
        count += 1
    return count
