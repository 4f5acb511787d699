"""Numbers in addresses that no row can have."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests import staff

NUMBER = re.compile(r"<int:\w+>")
TOO_LARGE = "9" * 20
NAMED = {"<slug:kind>": "thread"}


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Each address of the product that holds a number, once with each of its numbers too large for any database."""
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLPattern):
            named = re.sub(r"<(?!int:)[^>]+>", lambda part: NAMED.get(part[0], "x"), path)
            for number in NUMBER.findall(path):
                yield NUMBER.sub("1", named.replace(number, TOO_LARGE))
        elif path not in ("/admin/", "/_allauth/"):
            yield from addresses(one, path)


@pytest.mark.django_db
def test_a_number_that_is_too_large_finds_nothing_and_breaks_nothing() -> None:
    browser: Client = staff.browser(staff.superuser())
    browser.raise_request_exception = False
    methods = {True: ("get", "post", "delete"), False: ("get", "post")}
    asked = [(method, path) for path in addresses(get_resolver()) for method in methods[path.startswith("/api/")]]
    broken = [one for one in asked if getattr(browser, one[0])(one[1]).status_code >= 500]
    assert (len(asked) > 100, broken) == (True, [])
