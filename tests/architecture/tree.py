"""Where the product's files are, for the tests that read them."""

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: The floors from the top down, as the import contract names them; siblings share one and never meet.
LEVELS: list[list[str]] = [
    floor.split(" | ")
    for floor in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
]
#: All apps, the top floor's first.
FLOORS: list[str] = [app for floor in LEVELS for app in floor]


def files(*patterns: str) -> list[Path]:
    """Return the files that belong to the project (tracked or new, not ignored) and match one of ``patterns``."""
    listed = subprocess.run(  # noqa: S603 - our own arguments
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],  # noqa: S607 - git from PATH
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [path for line in sorted(set(listed.stdout.splitlines())) if (path := ROOT / line).exists()]


def matching(pattern: str, paths: list[Path], *, flags: int = 0) -> list[str]:
    """Return ``file:line: text`` for each line of ``paths`` in which ``pattern`` is found."""
    search = re.compile(pattern, flags).search
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if search(line)
    ]
