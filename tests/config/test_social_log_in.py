"""Social log-in is a matter of configuration: off without a variable, offered with it."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.recovery.product import PYTHON, ROOT, on_this_database

pytestmark = pytest.mark.django_db(transaction=True)
PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "shop",
                "name": "Shop account",
                "client_id": "community",
                "secret": "of-the-tests",
                "settings": {"server_url": "https://login.shop.example"},
            }
        ]
    }
}
#: Settings are read once, so a process of its own reads these.
SHOW = """
import django
django.setup()
from django.test import Client
answer = Client(SERVER_NAME="localhost").get("/accounts/login/")
print(answer.status_code, answer.content.decode())
"""


def shown(**variables: str) -> str:
    """Return status and page of the log-in."""
    done = subprocess.run(  # noqa: S603 - our own arguments
        [PYTHON, "-c", SHOW], cwd=ROOT, env=on_this_database(**variables), check=True, capture_output=True, text=True
    )
    return done.stdout


def test_a_configured_provider_is_offered_at_the_log_in() -> None:
    page = shown(SOCIALACCOUNT_PROVIDERS=json.dumps(PROVIDERS))
    assert page.startswith("200 ")
    assert ("Shop account" in page, "/accounts/oidc/shop/login/" in page) == (True, True)
