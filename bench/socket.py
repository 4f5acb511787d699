"""A websocket client that costs next to nothing, so that a thousand of them measure the server and not themselves."""

from __future__ import annotations

import asyncio
import base64
import os
import struct
import time
from collections.abc import Callable

CLOSE, PING, PONG, TEXT = 0x8, 0x9, 0xA, 0x1


class Socket(asyncio.Protocol):
    """Speaks as much of RFC 6455 as a server's short frames need; ``heard`` gets each text with its moment."""

    def __init__(self) -> None:
        self.heard: Callable[[bytes, float], None] = lambda _text, _at: None
        self.opened = asyncio.get_running_loop().create_future()
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to write."""
        self._transport: asyncio.Transport = transport  # type: ignore[assignment] # TCP's is one that writes

    def send(self, text: bytes) -> None:
        """Send a text; the mask that the protocol demands may be zero."""
        size = struct.pack("!B", 0x80 | len(text)) if len(text) < 126 else struct.pack("!BH", 0x80 | 126, len(text))
        self._transport.write(bytes([0x80 | TEXT]) + size + bytes(4) + text)

    def data_received(self, data: bytes) -> None:
        """Take whole frames off what came."""
        at = time.perf_counter()
        self._buffer += data
        if not self.opened.done():
            head, ends, rest = self._buffer.partition(b"\r\n\r\n")
            if not ends:
                return
            self._buffer = rest
            status = head.split(b" ", 2)[1]
            if status == b"101":
                self.opened.set_result(None)
            else:
                self.opened.set_exception(ConnectionError(status.decode()))
        while (frame := self._frame()) is not None:
            kind, text = frame
            if kind == TEXT:
                self.heard(text, at)
            elif kind == PING:
                self._transport.write(bytes([0x80 | PONG, 0x80 | len(text)]) + bytes(4) + text)

    def close(self) -> None:
        """Hang up."""
        self._transport.close()

    def _frame(self) -> tuple[int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1] & 0x7F, 2
        if size == 126:
            size, start = int.from_bytes(buffer[2:4]), 4
        elif size == 127:
            size, start = int.from_bytes(buffer[2:10]), 10
        if len(buffer) < start + size:
            return None
        self._buffer = buffer[start + size :]
        return buffer[0] & 0x0F, buffer[start : start + size]


async def open_socket(port: int, path: str, *, session: str = "") -> Socket:
    """Connect and shake hands."""
    loop = asyncio.get_running_loop()
    _transport, socket = await loop.create_connection(Socket, "127.0.0.1", port)
    lines = [
        f"GET {path} HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        f"Cookie: sessionid={session}",
    ]
    socket._transport.write("\r\n".join([*lines, "", ""]).encode())  # noqa: SLF001 - our own
    await asyncio.wait_for(socket.opened, 60)
    return socket
