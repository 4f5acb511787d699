"""Frames as they travel. What goes to a thousand sockets is encoded once and framed once, not a thousand times.

``Protocol`` is uvicorn's own and offers one thing more, as an extension of ASGI: to write a frame that is finished.
Under another server the extension is missing, and every frame takes the usual way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State

#: The name of the extension.
FRAMED = "kundenkreis.framed"

#: Writes a finished frame, or answers ``False`` where it would have to wait, or nobody is there.
Write = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A frame as a text, and as the bytes in which a server sends it."""

    text: str
    framed: bytes


def encode(frame: Mapping[str, Any]) -> Encoded:
    """A frame as it travels."""
    text = json.dumps(frame, ensure_ascii=False, separators=(",", ":"))
    return Encoded(text, Frame(Opcode.TEXT, text.encode()).serialize(mask=False))


def writer(scope: Mapping[str, Any]) -> Write:
    """How to write finished frames to the socket of ``scope``; a server that cannot never does."""
    extension = (scope.get("extensions") or {}).get(FRAMED)
    found: Write = extension["write"] if extension else _never
    return found


def _never(_frame: bytes) -> bool:
    return False


class Protocol(WebSocketsSansIOProtocol):
    """A connection of uvicorn that also takes finished frames."""

    async def run_asgi(self) -> None:
        """Offer it to the application, then run that."""
        self.scope["extensions"] = {**(self.scope["extensions"] or {}), FRAMED: {"write": self.write_framed}}
        await super().run_asgi()

    def write_framed(self, frame: bytes) -> bool:
        """Write ``frame`` unless the reader lags behind or the closing has begun."""
        if not self.writable.is_set() or self.transport.is_closing() or self.conn.state is not State.OPEN:
            return False
        self.transport.write(frame)
        return True
