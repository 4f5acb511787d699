"""Who was signed out meanwhile: nothing takes the page away while they write."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/ideas/similar/?title=A+lid"),
        ("post", "/products/kettle/reviews/hints/"),
        ("post", "/ambassadors/guides/apply/draft/"),
        ("post", "/product-tests/kettle/report/draft/"),
    ],
)
def test_what_a_page_asks_for_by_itself_is_not_answered_then(method: str, address: str) -> None:
    ask = getattr(Client(), method)
    with unchanged():
        passing, opened = ask(address, headers={"HX-Request": "true"}), ask(address)
    assert (passing.status_code, passing.content, "HX-Redirect" in passing.headers) == (204, b"", False)
    assert (opened.status_code, opened.headers["Location"].split("?")[0]) == (302, "/accounts/login/")
