"""A served product and browsers that complain about every script error and every breach of the page's policy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

# Playwright's synchronous interface keeps an event loop in the thread of the test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from community.models import Member
from tests.journeys import shops
from tests.journeys.server import serving
from tests.journeys.world import worked_off

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


# How long is not what journeys test: a busy machine may take its time.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all that stands in this folder."""
    for item in items:
        if "/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Take Chromium without a screen as the system has it; it may run as root in a container."""
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium-headless-shell"), "args": CHROMIUM}


@pytest.fixture(scope="session")
def served(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Run the server once for all journeys; its threads may use the database between them, too."""
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    with django_db_blocker.unblock(), serving() as address:
        yield address


@pytest.fixture
def live_server_asgi(served: str, transactional_db: None) -> Iterator[str]:
    """Yield the address of the product, on a database that is put back once its worker is at rest."""
    yield served
    worked_off()


@pytest.fixture
def shop_with_chat(live_server_asgi: str) -> Iterator[str]:
    """Yield the address of the demo shop."""
    with shops.with_chat(live_server_asgi) as address:
        yield address


@pytest.fixture
def open_browser(live_server_asgi: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own for ``somebody`` (or a stranger) and fail on what it complains about."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(somebody: Member | None = None, *, through: Browser = browser, **options: Any) -> Page:
        context = through.new_context(base_url=live_server_asgi, **{"locale": "en-GB", **options})
        contexts.append(context)
        context.set_default_timeout(15_000)
        if somebody:
            context.add_cookies([_session(somebody, live_server_asgi)])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.extend(_fault(page, str(error))))
        page.on("console", lambda message: complaints.extend(_complaint(message)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _fault(page: Page, error: str) -> list[str]:
    # The browser gives up a view transition when a page takes long, and reports its own decision as the page's error.
    gave_up = "ViewTransition" in error or error.startswith(("Transition was aborted", "Transition was skipped"))
    return [] if gave_up else [f"{page.url}: {error}"]


def _complaint(message: ConsoleMessage) -> list[str]:
    # A 4xx that a journey provokes is logged by the browser itself; the journey asserts it.
    if message.type != "error" or message.text.startswith("Failed to load resource"):
        return []
    # htmx reports a request that its own page took back, replaced by a newer one or left behind, as it reports faults.
    # It names every end in a second line, so the first says nothing of its own.
    if message.text.startswith(("htmx:afterRequest", "htmx:sendAbort")):
        return []
    # Without an address it was no page but axe-core, which the tests themselves evaluate.
    if not message.location["url"]:
        return []
    return [f"{message.location['url']}: {message.text}"]


def _session(somebody: Member, address: str) -> Any:
    client = Client()
    client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}
