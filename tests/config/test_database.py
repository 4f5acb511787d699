"""How the product speaks to its database."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.mark.django_db
def test_no_statement_waits_to_be_compiled() -> None:
    """PostgreSQL would, for those whose cost it overestimates; SQLite has nothing of the kind."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW jit")
        else:
            cursor.execute("SELECT 'off'")
        assert cursor.fetchone() == ("off",)
