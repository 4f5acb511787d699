"""A client of ``/ws/chat/``: the real server over a real socket."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from community.models import Member

#: Generous for a busy machine; on a calm one a frame takes some ten milliseconds.
SOON = 10.0
Frame = dict[str, Any]


def session_of(member: Member) -> str:
    """A session of somebody who signed in."""
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


@contextmanager
def tab(site: str, session: str | None = None, *, origin: str | None = None) -> Iterator[Tab]:
    """Connect with the cookie of a session, or as a stranger."""
    headers = {"Cookie": f"sessionid={session}"} if session else {}
    address = site.replace("http", "ws", 1) + "/ws/chat/"
    with connect(address, additional_headers=headers, origin=Origin(origin or site)) as socket:
        yield Tab(socket)


class Tab:
    """An open tab: what it sends and what it gets."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def send(self, frame: object) -> None:
        """Send a frame, or anything."""
        self.socket.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))

    def get(self) -> Frame:
        """The next frame."""
        frame: Frame = json.loads(self.socket.recv(timeout=SOON))
        return frame

    def until(self, kind: str) -> list[Frame]:
        """The frames up to the next one of ``kind``, which is the last."""
        frames = [self.get()]
        while frames[-1]["type"] != kind:
            frames.append(self.get())
        return frames

    def ask(self, frame: Frame, kind: str) -> Frame:
        """Send a frame and wait for one of ``kind``."""
        self.send(frame)
        return self.until(kind)[-1]

    def hello(self, seen: dict[int, int] | None = None, **more: object) -> list[Frame]:
        """Say hello; the answer ends with a hello."""
        self.send({"type": "hello", "seen": seen or {}, **more})
        return self.until("hello")

    def say(self, conversation: int, body: str, client_id: str = "") -> Frame:
        """Send a message and return the receipt or the refusal."""
        name = client_id or str(uuid.uuid4())
        self.send({"type": "send", "conversation": conversation, "client_id": name, "body": body})
        while (frame := self.get()).get("client_id") != name or frame["type"] == "message":
            pass
        return frame

    def lives(self) -> bool:
        """Whether the server still answers."""
        return self.ask({"type": "ping"}, "pong") == {"type": "pong"}

    def close_code(self) -> int:
        """The code with which the server closes, whatever else it sends before."""
        try:
            while True:
                self.socket.recv(timeout=SOON)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0
