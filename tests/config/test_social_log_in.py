"""Social log-in is a matter of configuration: off without a variable, offered with it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.recovery.product import product

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


def test_a_configured_provider_is_offered_at_the_log_in(tmp_path: Path) -> None:
    with product(tmp_path, SOCIALACCOUNT_PROVIDERS=json.dumps(PROVIDERS)) as running:
        running.run("-m", "tests.recovery.deeds", "migrate")
        running.web()
        status, page = running.ask("GET", "/accounts/login/")
    assert (status, b"Shop account" in page, b"/accounts/oidc/shop/login/" in page) == (200, True, True)
