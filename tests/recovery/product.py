"""The product as real processes with a database of their own, to be killed and started again."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from tests import databases
from tests.services import free_port

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
TOKEN = "c" * 32
CLIENTS = 4


#: A start takes seconds; on a machine that is busy with other tests it may take this long.
STARTED = 180


def wait_until(condition: Callable[[], bool], *, seconds: float) -> None:
    """Return as soon as ``condition`` holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {condition}")
        time.sleep(0.02)


def on_this_database(**variables: str) -> dict[str, str]:
    """The environment of a process that works on the database of the tests themselves."""
    name = str(connection.settings_dict["NAME"])
    url = databases.address(name) if connection.vendor == "postgresql" else f"sqlite:///{name}"
    return {**os.environ, "DATABASE_URL": url, **variables}


@dataclass(slots=True)
class Product:
    """Commands, their processes and the address that they serve."""

    folder: Path
    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *command: str) -> None:
        """Start ``command`` in a process group of its own, its output kept in the folder."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603 - our own arguments
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def serve(self) -> None:
        """Start everything in one process and wait until it answers."""
        self.start("serve", PYTHON, "manage.py", "serve", "--port", str(self.port))
        self.await_ready()

    def web(self) -> None:
        """Start a web node as the Procfile does."""
        options = ["--port", str(self.port), "--ws", "chat.wire:Protocol", "--lifespan", "off"]
        self.start("web", PYTHON, "-m", "uvicorn", "config.asgi:application", *options)
        self.await_ready()

    def worker(self) -> None:
        """Start a Celery worker and wait until it takes tasks: before that it knows no orderly end either."""
        log = self.folder / "worker.log"
        written = log.stat().st_size if log.exists() else 0
        options = ["--concurrency", "2", "--loglevel", "info"]
        self.start("worker", PYTHON, "-m", "celery", "-A", "config", "worker", *options)
        wait_until(lambda: b" ready." in log.read_bytes()[written:], seconds=STARTED)

    def beat(self) -> None:
        """Start Celery beat."""
        schedule = str(self.folder / "beat")
        self.start("beat", PYTHON, "-m", "celery", "-A", "config", "beat", "--schedule", schedule)

    def kill(self, name: str) -> None:
        """End a process and its children at once, as a power cut would."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_all(self) -> None:
        """Kill whatever still runs."""
        for name in list(self.running):
            self.kill(name)

    def terminate(self, name: str) -> tuple[int, float]:
        """Ask a process to end; return its exit code and how long it took."""
        process = self.running.pop(name)
        begin = time.monotonic()
        process.terminate()
        code = process.wait(STARTED)
        return code, time.monotonic() - begin

    def await_ready(self) -> None:
        """Return once the node answers that it is ready."""
        wait_until(lambda: self._ended() or self.journal() is not None, seconds=STARTED)
        assert not self._ended(), self.words()

    def words(self) -> str:
        """The last of what the processes said."""
        return "\n".join(log.read_text()[-2_000:] for log in sorted(self.folder.glob("*.log")))

    def _ended(self) -> bool:
        return any(process.poll() is not None for process in self.running.values())

    def journal(self) -> dict[str, Any] | None:
        """What the node says of the journal, or ``None`` while it is not ready."""
        try:
            status, body = self.ask("GET", "/readyz")
        except OSError:
            return None
        return json.loads(body)["journal"] if status == 200 else None

    def await_rest(self, *, seconds: float) -> None:
        """Return once nothing waits in the outbox."""
        wait_until(lambda: self.journal() == {"lag": 0.0, "parked": 0}, seconds=seconds)

    def ask(self, method: str, path: str, *, session: str = "") -> tuple[int, bytes]:
        """Send one request and return status and body."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        try:
            headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            return response.status, response.read()
        except http.client.HTTPException as error:
            raise ConnectionError from error
        finally:
            connection.close()

    def post_all(self, posts: Sequence[tuple[str, str]], *, after: Callable[[int], None]) -> list[int]:
        """Post to every path with its session, some clients at once; ``after`` hears of each that has been answered.

        Returns the statuses; 0 is a request that found nobody or was cut off.
        """

        def post(number: int) -> int:
            path, session = posts[number]
            try:
                status, _body = self.ask("POST", path, session=session)
            except OSError:
                status = 0
            after(number)
            return status

        with ThreadPoolExecutor(CLIENTS) as clients:
            return list(clients.map(post, range(len(posts))))

    def run(self, *command: str) -> Any:
        """Run a command to its end and return the JSON that it printed."""
        done = subprocess.run(  # noqa: S603 - our own arguments
            [PYTHON, *command], cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)


@contextmanager
def product(folder: Path, **variables: str) -> Iterator[Product]:
    """Yield a product in ``folder`` with these variables; whatever still runs at the end is killed."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {
        "DEBUG": "1",
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        **variables,
    }
    made = Product(folder, {**inherited, **environment})
    with ExitStack() as stack:
        stack.callback(made.kill_all)
        yield made
