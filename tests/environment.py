"""The environment that settings see in tests, prepared when pytest loads this module as its first plugin.

A parallel worker inherits the variables of its parent, and with them pytest-django would read the settings before any
``conftest.py``; a plugin named in pyproject.toml comes before that.

``DATABASE_URL`` and ``REDIS_URL`` decide what the suite runs on: with neither it is SQLite and one process, with both
(see ``tests.services``) PostgreSQL and Redis. Each parallel worker gets a database number of Redis for itself.
"""

from __future__ import annotations

import atexit
import gc
import os
import re
import shutil
import tempfile
from pathlib import Path

#: "gw0" and so on under pytest-xdist, "main" without it.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def prepare() -> None:
    """Point every variable of the environment at something private to this process."""
    # Until the tests are collected (see conftest.py): what is made till then stays, and there is nothing to find.
    gc.disable()
    var = Path(tempfile.mkdtemp(prefix=f"kundenkreis-{WORKER}-"))
    atexit.register(shutil.rmtree, var, ignore_errors=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(var),
        # Static files without a build; the test runner turns DEBUG itself off again.
        "DEBUG": "1",
        "EMAIL_URL": "memorymail://",
        "LOG_FORMAT": "text",
    }
    if "REDIS_URL" in os.environ:
        number = int("0" + "".join(re.findall(r"\d", WORKER))) + 1 if WORKER != "main" else 0
        os.environ["REDIS_URL"] = re.sub(r"/\d+$", f"/{number}", os.environ["REDIS_URL"])


prepare()
