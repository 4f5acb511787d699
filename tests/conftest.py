"""What every test has: a private environment, a database that comes back, empty caches, fast passwords."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import environment

environment.prepare()

from django.conf import settings  # noqa: E402 - reads the environment prepared above
from django.core.cache import cache  # noqa: E402 - as above
from django.test import TransactionTestCase  # noqa: E402 - as above
from pytest_django.plugin import DjangoDbBlocker  # noqa: E402 - as above

from tests import databases  # noqa: E402 - as above


def pytest_configure() -> None:
    """Adjust what production wants slow or shared; a file, since threads share no in-memory SQLite."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"] = {"NAME": str(Path(settings.VAR_DIR) / "test.sqlite3")}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if settings.REDIS_URL:
        # Pub/sub knows no database numbers: without a prefix parallel workers would hear each other.
        settings.CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = environment.WORKER


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let tests that commit be followed by ``databases.restore`` instead of Django's flush."""
    with django_db_blocker.unblock():
        databases.keep()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: databases.restore())
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Leave nothing cached or queued for the next test (on Redis both live in the same database)."""
    yield
    cache.clear()
