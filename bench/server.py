"""The product in processes of its own, as its users start it."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.services import free_port

ROOT = Path(__file__).resolve().parents[1]
STARTUP_SECONDS = 60


@contextmanager
def running() -> Iterator[int]:
    """Serve until the block ends and yield the port; with Redis a Celery worker runs beside the server."""
    port = free_port()
    with ExitStack() as stack:
        server = stack.enter_context(_process("server", "manage.py", "serve", "--port", str(port)))
        if "REDIS_URL" in os.environ:
            stack.enter_context(_process("worker", "-m", "celery", "-A", "config", "worker", "--loglevel", "warning"))
        deadline = time.monotonic() + STARTUP_SECONDS
        while not _ready(port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"The server did not start:\n{_log('server').read_text()}")
            time.sleep(0.2)
        yield port


@contextmanager
def _process(name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    with _log(name).open("wb") as log:
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=log, stderr=log)  # noqa: S603 - ours
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _log(name: str) -> Path:
    return Path(os.environ["VAR_DIR"]) / f"{name}.log"
