"""What was measured: rows under headings, as a table to read or as JSON, never without its conditions."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django import get_version
from django.conf import settings
from django.db import connection


@dataclass(frozen=True, slots=True)
class Section:
    """One table; numbers are already rounded to what they are worth."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]


def conditions() -> dict[str, str]:
    """What the figures depend on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = str(cursor.fetchone()[0])
    return {
        "cpu": f"{os.cpu_count()} × {_cpu()}",
        "load before": f"{os.getloadavg()[0]:.1f}",
        "python": platform.python_version(),
        "django": get_version(),
        "database": f"{connection.vendor} {version.partition(' ')[0]}",
        "mode": "one process" if settings.EMBEDDED else "server, Celery worker and Redis",
    }


def as_json(found: dict[str, str], sections: Sequence[Section]) -> str:
    """The whole run for another program."""
    return json.dumps({"conditions": found, "sections": [asdict(section) for section in sections]}, indent=2)


def as_text(found: dict[str, str], sections: Sequence[Section]) -> str:
    """The whole run for a reader."""
    head = "\n".join(f"{name}: {value}" for name, value in found.items())
    return "\n\n".join([head, *(_table(section) for section in sections)])


def _table(section: Section) -> str:
    cells = [[_cell(value) for value in row] for row in (section.columns, *section.rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(section.columns))]
    lines = [
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))])
        for row in cells
    ]
    return "\n".join([section.title, "-" * len(lines[0]), *lines])


def _cell(value: str | float) -> str:
    return f"{value:,}" if isinstance(value, float | int) else value


def _cpu() -> str:
    information = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*: (.+)", information.read_text()) if information.exists() else None
    return named[1] if named else platform.machine()
