"""Origins as browsers write them, and everything that is none."""

from __future__ import annotations

import pytest

from community import origins


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://shop.example", "https://shop.example"),
        (" HTTPS://Shop.Example/ ", "https://shop.example"),
        ("https://shop.example:443", "https://shop.example"),
        ("https://shop.example:8443", "https://shop.example:8443"),
        ("https://kaffeerösterei.example", "https://xn--kaffeersterei-omb.example"),
        ("http://localhost:8724", "http://localhost:8724"),
    ],
)
def test_an_address_is_brought_into_one_form(typed: str, origin: str) -> None:
    assert origins.normal(typed) == origin


@pytest.mark.parametrize(
    "typed",
    [
        *("", "shop.example", "https://", "*", "https://*", "https://*.shop.example", "null", "data:", "'self'"),
        *("http://shop.example", "https://shop.example/path", "https://shop.example?x", "https://a:b@shop.example"),
        *("https://shop.example;script-src", "https://shop.example,https://b.example", "https://shop.example:99999"),
    ],
)
def test_everything_else_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        origins.normal(typed)
