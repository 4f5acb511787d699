"""The raw reference: an ASGI websocket server without framework, log and database, on the same uvicorn.

A text is given back to everybody who is connected under the same path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Event = Mapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]

rooms: dict[str, set[Send]] = defaultdict(set)


async def application(
    scope: Mapping[str, Any], receive: Callable[[], Awaitable[Mapping[str, Any]]], send: Send
) -> None:
    """Serve one socket."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    room = rooms[scope["path"]]
    room.add(send)
    try:
        while (event := await receive())["type"] == "websocket.receive":
            # One by one as they can be written: nothing is faster on one loop.
            for other in tuple(room):
                await other({"type": "websocket.send", "text": event["text"]})
    finally:
        room.discard(send)
