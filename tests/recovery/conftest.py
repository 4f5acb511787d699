"""What a machine without PostgreSQL and Redis cannot show."""

from __future__ import annotations

from django.conf import settings

#: Several nodes share both.
collect_ignore = [] if settings.REDIS_URL else ["test_two_nodes.py"]
