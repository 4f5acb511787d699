"""What every test has: a private environment, a database that comes back, empty caches, fast passwords."""

from __future__ import annotations

import functools
import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import django
import pytest

from tests import environment

django.setup()

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client, TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker
from rest_framework.test import APIClient

from community.models import Answer, Delivery, Member, Thread
from tests import databases, factories
from tests.recovery.product import wait_until

#: Files whose tests take long, by a part of their path. Begun last, they would run on alone. Those that wait for
#: processes take turns with those that count, so that one worker counts while the other one waits.
LONG = (
    "/recovery/test_crash.py", "/test_ledger_machine.py", "/recovery/test_talks.py", "/test_seed_demo.py", "/recovery/",
    "_machine.py", "/test_every_page.py",
)  # fmt: skip


#: Folders of tests whose tables of cases vary what is asked for, not what is asked of the database.
TABLES = {"views", "api", "admin"}


def pytest_configure() -> None:
    """Adjust what production wants slow or shared; a file, since threads share no in-memory SQLite."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(Path(settings.VAR_DIR) / "test.sqlite3")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if settings.REDIS_URL:
        # Pub/sub knows no database numbers: without a prefix parallel workers would hear each other.
        settings.CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = environment.WORKER


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what a second run cannot change, and give parallel workers what takes long first.

    Long files come first, then those with the most tests, so that both workers end together.
    """
    if settings.REDIS_URL:
        again = set(_asked_again(items))
        config.hook.pytest_deselected(items=[item for item in items if item not in again])
        items[:] = [item for item in items if item in again]
    if not hasattr(config, "workerinput"):
        return
    tests = Counter(item.path for item in items)

    def place(item: pytest.Item) -> tuple[int, int]:
        long = [number for number, part in enumerate(LONG) if part in item.path.as_posix()]
        return (min(long, default=len(LONG)), -tests[item.path])

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Let Python's collector of cycles begin now, and pass over what lives as long as the run: modules and tests."""
    gc.freeze()
    gc.enable()


def _asked_again(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Yield what PostgreSQL or Redis could change; why that is not every case of a table is in ADR 13."""
    seen = set()
    for item in items:
        function, _, _ = item.nodeid.partition("[")
        file, _, _ = function.partition("::")
        if not _has_data(item) or (function in seen and not TABLES.isdisjoint(file.split("/"))):
            continue
        seen.add(function)
        yield item


def _has_data(item: pytest.Item) -> bool:
    wanted = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("same_everywhere"):
        return False
    return bool(wanted) or item.get_closest_marker("django_db") is not None or _names_redis(item.path)


@functools.cache
def _names_redis(file: Path) -> bool:
    return "redis" in file.read_text()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let Django take the database that it finds: a copy of the migrated one."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, pytestconfig: pytest.Config, django_db_blocker: DjangoDbBlocker
) -> None:
    """Put that copy in place, once the names of the databases are final."""
    with django_db_blocker.unblock():
        databases.begin(pytestconfig.cache.mkdir("databases"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let tests that commit be followed by ``databases.restore`` instead of Django's flush.

    A process looks each content type up once. That is done here, so that the number of a test's queries does not
    follow from what ran before it.
    """
    with django_db_blocker.unblock():
        databases.keep()
        ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: databases.restore())
        yield


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Serve the product, worker included, to the tests of one module and return its address."""
    from tests.journeys.server import serving

    with django_db_blocker.unblock(), serving() as address:
        yield address


@pytest.fixture
def at_rest(site: str, transactional_db: None) -> Iterator[None]:
    """Let the served worker finish what a test left it, before the database is put back."""
    yield
    wait_until(lambda: not Delivery.objects.exists(), seconds=30)


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Leave nothing cached or queued for the next test (on Redis both live in the same database)."""
    yield
    cache.clear()


@pytest.fixture
def member(db: None) -> Member:
    """A customer, signed up and verified."""
    return factories.member("Lena Sommer")


@pytest.fixture
def ambassador(db: None) -> Member:
    """An ambassador of the brand."""
    return factories.ambassador()


@pytest.fixture
def thread(member: Member) -> Thread:
    """A question that ``member`` asked."""
    return factories.thread(member)


@pytest.fixture
def answer(thread: Thread, ambassador: Member) -> Answer:
    """The answer of ``ambassador`` to ``thread``, not accepted."""
    return factories.answer(thread, ambassador)


@pytest.fixture
def client_for() -> Callable[[Member], Client]:
    """A browser without JavaScript in which somebody is signed in."""

    def signed_in(member: Member) -> Client:
        client = Client()
        client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def api_for() -> Callable[[Member | None], APIClient]:
    """An API client, signed in or (``None``) a stranger."""

    def connected(member: Member | None) -> APIClient:
        client = APIClient()
        if member:
            client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return connected
