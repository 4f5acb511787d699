"""Production refuses a start with an unsafe value and names each of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import production

SAFE: dict[str, Any] = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghij",
    "DATA_KEYS": ["9c1d7e0b5a3f48269c1d7e0b5a3f4826"],
    "PUBLIC_URL": "https://community.example",
    "ALLOWED_HOSTS": ["community.example"],
    "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}},
    "REDIS_URL": "",
    "HTTP_THREADS": 8,
}


def test_safe_values_are_accepted() -> None:
    production.refuse_unsafe(SAFE)


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY must be set"),
        ("SECRET_KEY", "a" * 60, "SECRET_KEY must be set"),
        ("DATA_KEYS", ["9c1d7e0b5a3f48269c1d7e0b5a3f4826", "short"], "DATA_KEYS must be texts"),
        ("DATA_KEYS", ["a" * 40], "DATA_KEYS must be texts"),
        ("PUBLIC_URL", "http://community.example", "PUBLIC_URL must be the https address"),
        ("ALLOWED_HOSTS", [], "ALLOWED_HOSTS must name"),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS must not allow every host"),
        ("DATABASES", {"default": {"ENGINE": "django.db.backends.postgresql"}}, "REDIS_URL must be set"),
    ],
)
def test_an_unsafe_value_is_named(name: str, value: object, complaint: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=complaint):
        production.refuse_unsafe({**SAFE, name: value})


def test_more_threads_than_connections_are_refused() -> None:
    database = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"pool": {"max_size": 7}}}
    with pytest.raises(ImproperlyConfigured, match="HTTP_THREADS must not exceed DATABASE_POOL"):
        production.refuse_unsafe({**SAFE, "DATABASES": {"default": database}, "REDIS_URL": "redis://127.0.0.1/"})


def test_every_unsafe_value_is_named_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        production.refuse_unsafe({**SAFE, "SECRET_KEY": "", "ALLOWED_HOSTS": []})
    assert str(refused.value).count("\n- ") == 2
