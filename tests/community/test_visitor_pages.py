"""Pages kept for visitors: cheap for the next one, and never older than the last change."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from community import freshness
from community.models import Answer, Member, Thread
from community.services import answers, threads
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kept_pages(settings: Settings) -> Iterator[None]:
    """Keep pages as production does."""
    settings.VISITOR_PAGES_KEPT = 60
    yield
    caches[freshness.CACHE].clear()


@pytest.fixture
def answer() -> Answer:
    return factories.answer(factories.thread(factories.member("Lena Sommer")), factories.ambassador())


@pytest.fixture
def thread(answer: Answer) -> Thread:
    return answer.thread


def page(client: Client, path: str, **headers: str) -> str:
    response = client.get(path, headers={"accept-language": "en", **headers})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("path", ["/", "/threads/", "{thread}"])
def test_a_kept_page_costs_no_query_and_sets_no_cookie(
    client: Client, thread: Thread, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = path.format(thread=thread.get_absolute_url())
    first = client.get(path)
    with django_assert_num_queries(0):
        second = client.get(path)
    assert second.content == first.content
    assert second.headers == first.headers
    assert "script-src 'self'" in second.headers["Content-Security-Policy"]
    assert not first.cookies
    assert not second.cookies


def test_a_new_answer_is_visible_at_once(client: Client, thread: Thread) -> None:
    assert "Half a notch coarser" not in page(client, thread.get_absolute_url())
    factories.answer(thread, body="Half a notch coarser.")
    assert "Half a notch coarser" in page(client, thread.get_absolute_url())


def test_an_acceptance_and_a_deletion_are_visible_at_once(client: Client, answer: Answer) -> None:
    asker, path = answer.thread.author, answer.thread.get_absolute_url()
    assert "This solved it" not in page(client, path)
    answers.accept(answer=answer, by=asker, at=timezone.now())
    assert "This solved it" in page(client, path)
    threads.delete(thread=answer.thread, by=asker, at=timezone.now())
    assert client.get(path).status_code == 404
    assert answer.thread.title not in page(client, "/threads/")


def test_what_the_background_gives_is_visible_at_once(client: Client, answer: Answer) -> None:
    answers.accept(answer=answer, by=answer.thread.author, at=timezone.now())
    assert 'class="row helper"' not in page(client, "/")
    factories.work_off()
    assert 'class="row helper"' in page(client, "/")


def test_what_a_member_changes_by_request_is_visible_at_once(
    client: Client, client_for: Callable[[Member], Client], thread: Thread
) -> None:
    assert "Lena Winter" not in page(client, "/threads/")
    profile = {"display_name": "Lena Winter", "handle": "lena-winter", "language": "en", "timezone": "Europe/Berlin"}
    assert client_for(thread.author).post("/settings/", profile).status_code == 303
    assert "Lena Winter" in page(client, "/threads/")


def test_language_and_theme_have_pages_of_their_own(client: Client, thread: Thread) -> None:
    assert '<html lang="en">' in page(client, "/")
    assert '<html lang="de">' in client.get("/", headers={"accept-language": "de"}).content.decode()
    client.cookies["theme"] = "dark"
    assert '<html lang="en" data-theme="dark">' in page(client, "/")


def test_a_member_and_a_visitor_never_get_the_page_of_the_other(
    client: Client, client_for: Callable[[Member], Client], thread: Thread
) -> None:
    member = client_for(thread.author)
    assert "data-live=" not in page(client, thread.get_absolute_url())
    assert "data-live=" in page(member, thread.get_absolute_url())
    assert "data-live=" not in page(client, thread.get_absolute_url())


def test_a_message_for_one_visitor_is_not_shown_to_the_next(
    client: Client, thread: Thread, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(client, "/")
    client.cookies["messages"] = "anything"
    with django_assert_num_queries(5):
        page(client, "/")


def test_a_page_made_for_a_visitor_with_a_csrf_cookie_is_not_kept_for_others(
    client: Client, thread: Thread, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.cookies["csrftoken"] = "c" * 32
    made = client.get("/threads/")
    assert not made.cookies
    with CaptureQueriesContext(connection) as asked:
        Client().get("/threads/")
    assert len(asked) > 0
    with django_assert_num_queries(0):
        client.get("/threads/")
