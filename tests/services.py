"""Private PostgreSQL and Redis for one run of the tests.

``python -m tests.services -- COMMAND …`` starts both in a temporary folder, runs the command with ``DATABASE_URL`` and
``REDIS_URL`` set, stops them and exits as the command did. PostgreSQL listens on a socket in that folder, which costs a
third less for each statement than the network's; Redis, which can be asked for less often, on a free port.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

STARTUP_SECONDS = 30
#: Nothing here outlives the run, so PostgreSQL need not wait for the disk; the races use more than 100 connections.
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "log_min_messages": "fatal",
}


def free_port() -> int:
    """Return a port of the loopback interface that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def postgres_program(name: str) -> str:
    """Return the path of one of PostgreSQL's programs; Debian keeps them off the PATH, a folder per version."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is missing: run `deploy/setup --test`.")
    return found


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run PostgreSQL with its data under ``folder`` and yield its ``DATABASE_URL``; it refuses to run as root."""
    owner = "postgres" if os.geteuid() == 0 else None
    data = folder / "data"
    data.mkdir()
    if owner:
        shutil.chown(data, owner)

    def start(program: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own arguments
            [postgres_program(program), *arguments], stdout=subprocess.DEVNULL, user=owner, cwd=data
        )

    def finish(program: str, *arguments: str | Path) -> bool:
        return start(program, *arguments).wait() == 0

    if not finish("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"):
        raise SystemExit("initdb failed.")
    address = ("-h", data, "-U", "postgres")
    options = [part for name, value in POSTGRES_SETTINGS.items() for part in ("-c", f"{name}={value}")]
    server = start("postgres", "-D", data, "-k", data, *options)
    with _stopped_by(server, signal.SIGINT):
        _wait(server, lambda: finish("pg_isready", "-q", *address))
        if not finish("createdb", *address, "kundenkreis"):
            raise SystemExit("createdb failed.")
        yield f"postgres://postgres@/kundenkreis?host={data}"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Run Redis without persistence and yield its ``REDIS_URL``."""
    program = shutil.which("redis-server")
    if program is None:
        raise SystemExit("redis-server is missing: run `deploy/setup --test`.")
    port = free_port()
    server = subprocess.Popen(  # noqa: S603 - our own arguments
        [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", folder],
        stdout=subprocess.DEVNULL,
    )
    with _stopped_by(server, signal.SIGTERM):
        _wait(server, lambda: _answers(port))
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def both() -> Iterator[dict[str, str]]:
    """Run both servers and yield the environment that points at them."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kundenkreis-services-")))
        folder.chmod(0o755)
        yield {
            "DATABASE_URL": stack.enter_context(postgres(folder)),
            "REDIS_URL": stack.enter_context(redis(folder)),
        }


@contextmanager
def _stopped_by(server: subprocess.Popen[bytes], number: signal.Signals) -> Iterator[None]:
    try:
        yield
    finally:
        server.send_signal(number)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(server: subprocess.Popen[bytes], ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while not ready():
        if server.poll() is not None:
            raise SystemExit(f"{server.args!r} ended with {server.returncode} while starting.")
        if time.monotonic() > deadline:
            raise SystemExit(f"{server.args!r} was not ready after {STARTUP_SECONDS} s.")
        time.sleep(0.05)


def main(arguments: list[str]) -> int:
    """Run ``-- COMMAND …`` between the servers' start and stop."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        raise SystemExit(__doc__)
    # An end from outside unwinds through the context managers, so that no server is left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with both() as environment:
        return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode  # noqa: S603 - asked for


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
