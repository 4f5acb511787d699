"""Production refuses a start with an unsafe value and names each of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from pytest_django import Settings

from config import production
from tests.gamification import coupon_world

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


@pytest.mark.django_db
class TestKeysOfCodes:
    """Once there are coupons, production wants keys of their own for them."""

    @staticmethod
    def check() -> None:
        call_command("check", databases=["default"], tags=["database"])

    def test_without_coupons_none_are_wanted(self, settings: Settings) -> None:
        settings.DATA_KEYS = []
        self.check()

    def test_with_coupons_a_start_without_them_is_refused(self, settings: Settings) -> None:
        coupon_world.pool(codes=1)
        settings.DATA_KEYS = []
        with pytest.raises(SystemCheckError, match="DATA_KEYS must be set: there are coupons"):
            self.check()

    @pytest.mark.parametrize("wanted", [{"DATA_KEYS": SAFE["DATA_KEYS"]}, {"DATA_KEYS": [], "DEBUG": True}])
    def test_with_keys_or_at_home_it_goes_on(self, settings: Settings, wanted: dict[str, Any]) -> None:
        coupon_world.pool(codes=1)
        for name, value in wanted.items():
            setattr(settings, name, value)
        self.check()
