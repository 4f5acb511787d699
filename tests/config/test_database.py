"""How the product speaks to its database."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

SHOWN = "import json; from config.settings import DATABASES; print(json.dumps(DATABASES['default']['OPTIONS']))"


@pytest.mark.django_db
def test_no_statement_waits_to_be_compiled() -> None:
    """PostgreSQL would, for those whose cost it overestimates; SQLite has nothing of the kind."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW jit")
        else:
            cursor.execute("SELECT 'off'")
        assert cursor.fetchone() == ("off",)


@pytest.mark.same_everywhere
def test_what_the_address_of_the_database_asks_for_is_kept() -> None:
    """A server that speaks TLS alone is named with ``?sslmode=``; to drop that would be to speak in the open."""
    environment = {**os.environ, "DATABASE_URL": "postgres://shop@db.example/shop?sslmode=verify-full"}
    shown = subprocess.run(  # noqa: S603 - our own arguments
        [sys.executable, "-c", SHOWN], env=environment, cwd=settings.BASE_DIR, check=True, capture_output=True
    )
    assert json.loads(shown.stdout) == {
        "pool": {"min_size": 1, "max_size": 12, "timeout": 20},
        "options": "-c jit=off",
        "sslmode": "verify-full",
    }
