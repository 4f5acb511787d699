"""What every page has: language, time zone, theme, unread count, and the pages that say no."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone, translation

from community.models import Answer, Brand, Member, Thread
from community.services import brands
from tests import factories

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Member], Client]


def language_of(client: Client, **headers: str) -> str:
    """The language of the start page."""
    response = client.get("/", headers=headers)
    assert f'<html lang="{response["Content-Language"]}"' in response.content.decode()
    return str(response["Content-Language"])


def test_a_member_is_spoken_to_in_their_language_whatever_the_browser_says(
    member: Member, client_for: ClientFor
) -> None:
    client = client_for(member)
    client.cookies["django_language"] = "de"
    assert language_of(client, **{"accept-language": "de"}) == "en"
    Member.objects.update(language="de")
    assert language_of(client, **{"accept-language": "en"}) == "de"


def test_a_visitor_is_spoken_to_as_the_cookie_says_and_else_the_browser() -> None:
    client = Client()
    assert language_of(client, **{"accept-language": "en"}) == "en"
    assert language_of(client, **{"accept-language": "fr"}) == "de"
    response = client.post("/language/", {"language": "en", "next": "/threads/"})
    assert response["Location"] == "/threads/"
    assert language_of(client, **{"accept-language": "de"}) == "en"


def test_times_are_the_members_own_and_the_next_request_starts_afresh(thread: Thread, client_for: ClientFor) -> None:
    Thread.objects.update(created_at="2026-03-01T23:30:00Z")
    tokyo = factories.member("Aiko", timezone="Asia/Tokyo")
    assert "2 March 2026, 08:30" in client_for(tokyo).get("/threads/").content.decode()
    assert timezone.get_current_timezone_name() == "Europe/Berlin"
    assert "2 March 2026, 00:30" in Client().get("/threads/", headers={"accept-language": "en"}).content.decode()
    assert translation.get_language() == "de"


def test_an_unknown_time_zone_is_no_fault(thread: Thread, member: Member, client_for: ClientFor) -> None:
    Member.objects.update(timezone="Mars/Phobos")
    assert client_for(member).get("/threads/").status_code == 200


@pytest.mark.parametrize(
    ("cookie", "written"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ('"><script>', "")]
)
def test_the_theme_is_written_into_the_page(cookie: str, written: str) -> None:
    client = Client()
    client.cookies["theme"] = cookie
    head = client.get("/").content.decode().partition("<head>")[0]
    assert head.rstrip().endswith(f"{written}>")
    assert ("data-theme" in head) is bool(written)


def test_the_brand_names_the_pages() -> None:
    Brand.objects.create(pk=1, name="Nordlicht <Kaffee>")
    brands.changed()
    assert "Nordlicht &lt;Kaffee&gt;" in Client().get("/").content.decode()


def test_the_unread_count_stands_in_the_shell_until_all_is_read(answer: Answer, client_for: ClientFor) -> None:
    factories.work_off()
    client = client_for(answer.thread.author)
    assert client.get("/threads/").context["unread"] == 1
    page = client.get("/notifications/")
    assert (len(page.context["page"]), b"news__new" in page.content) == (1, True)
    assert client.get("/threads/").context["unread"] == 1
    assert client.post("/notifications/")["Location"] == "/notifications/"
    assert client.get("/threads/").context["unread"] == 0
    assert b"news__new" not in client.get("/notifications/").content


def test_notifications_are_ones_own(answer: Answer, client_for: ClientFor) -> None:
    factories.work_off()
    other = client_for(factories.member())
    assert len(other.get("/notifications/").context["page"]) == 0
    other.post("/notifications/")
    assert client_for(answer.thread.author).get("/").context["unread"] == 1


def test_a_session_is_noted_once_in_a_while(member: Member, client_for: ClientFor) -> None:
    client = client_for(member)
    client.get("/")
    seen = UserSession.objects.get(user=member).last_seen_at
    client.get("/")
    assert UserSession.objects.get(user=member).last_seen_at == seen


@pytest.mark.parametrize("path", ["/nothing/", "/threads/999/", "/members/nobody/", "/products/nothing/"])
def test_what_is_not_there_has_a_page(path: str) -> None:
    response = Client().get(path, headers={"accept-language": "en"})
    assert (response.status_code, b"There is nothing here" in response.content) == (404, True)
    assert b'href="/threads/"' in response.content


def test_a_damaged_request_has_a_page(answer: Answer, client_for: ClientFor) -> None:
    path = f"/threads/{answer.thread_id}/answers/{answer.pk}/vote/"
    response = client_for(answer.thread.author).post(path, {"value": "many"})
    assert (response.status_code, b"Something in this request was damaged" in response.content) == (400, True)
    foreign = Client().get("/", headers={"host": "evil.example"})
    assert (foreign.status_code, b"evil.example" in foreign.content) == (400, False)


def test_a_form_without_its_secret_is_explained(member: Member, thread: Thread) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(f"/threads/{thread.pk}/delete/")
    assert (response.status_code, b"This page was open for too long" in response.content) == (403, True)
    partial = client.post(f"/threads/{thread.pk}/delete/", headers={"hx-request": "true"})
    assert (partial.status_code, partial["HX-Retarget"]) == (403, "[data-messages]")
    thread.refresh_from_db()
    assert thread.deleted_at is None


def test_the_start_page(answer: Answer) -> None:
    waiting, shelf = factories.thread(phase="after"), factories.product("kettle")
    context = Client().get("/").context
    assert list(context["threads"]) == [waiting, answer.thread]
    assert list(context["unanswered"]) == [waiting]
    assert [(stop.value, stop.count) for stop in context["phases"]] == [("before", 1), ("while", 0), ("after", 1)]
    assert list(context["products"]) == [shelf]


def test_products_on_sale_and_their_questions() -> None:
    kettle, _gone = factories.product("kettle"), factories.product("gone", is_active=False)
    thread = factories.thread(product=kettle)
    factories.thread()
    assert list(Client().get("/products/").context["page"]) == [kettle]
    assert list(Client().get("/products/kettle/").context["questions"]) == [thread]
    assert Client().get("/products/gone/").status_code == 404
