"""A mail server that keeps what it accepted, and may do something else first."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

END = b".\r\n"


@dataclass(slots=True)
class Postbox:
    """``accepted`` is what arrived; ``before`` and ``after`` are called with the number of the mail that arrives.

    They stand on both sides of the acceptance, which the sender is told last.
    """

    port: int = 0
    accepted: list[EmailMessage] = field(default_factory=list)
    before: Callable[[int], None] = lambda _number: None
    after: Callable[[int], None] = lambda _number: None

    def take(self, data: bytes) -> None:
        """Accept a mail."""
        number = len(self.accepted) + 1
        self.before(number)
        self.accepted.append(message_from_bytes(data, _class=EmailMessage, policy=policy.default))
        self.after(number)


class _Session(socketserver.StreamRequestHandler):
    """As much of SMTP as Django speaks."""

    server: _Server

    def handle(self) -> None:
        self._say(b"220 here")
        while line := self.rfile.readline():
            match line[:4].upper().strip():
                case b"DATA":
                    self._say(b"354 go on")
                    try:
                        self.server.postbox.take(b"".join(iter(self.rfile.readline, END)))
                    except ConnectionAbortedError:
                        return None
                    self._say(b"250 taken")
                case b"QUIT":
                    return self._say(b"221 bye")
                case _:
                    self._say(b"250 fine")
        return None

    def _say(self, words: bytes) -> None:
        try:
            self.wfile.write(words + b"\r\n")
        except OSError:
            # Whoever was killed does not listen.
            return


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    postbox: Postbox


@contextmanager
def postbox() -> Iterator[Postbox]:
    """Run a mail server on a free port."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.postbox = Postbox(port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.postbox
        finally:
            server.shutdown()
            thread.join()
