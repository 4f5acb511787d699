"""What machines read: complete, well-formed and never more than a stranger may see."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.models import Thread
from community.queries import seo
from community.services import answers, idea_decisions, ideas, threads
from tests import factories

pytestmark = pytest.mark.django_db

HOSTILE = "</script><script>alert(1)</script> & ]]> <!-- x"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOST = "http://localhost:8000"


def entries(client: Client, query: str = "") -> list[ET.Element]:
    response = client.get(f"/feed/{query}")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 - our own answer


def titles(client: Client, query: str = "") -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(client, query)]


def locations(client: Client, path: str) -> list[str | None]:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return [place.text for place in ET.fromstring(response.content).iter(f"{MAP}loc")]  # noqa: S314 - as above


def test_the_feed_has_the_newest_first(client: Client) -> None:
    now = timezone.now()
    for number in range(35):
        factories.thread(title=f"Question number {number}", at=now + timedelta(minutes=number))
    assert titles(client) == [f"Question number {number}" for number in range(34, 4, -1)]


def test_an_entry_is_complete(client: Client) -> None:
    thread = factories.thread(title="Which grind for a moka pot?", body="Mine is **bitter**.")
    (entry,) = entries(client)
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{HOST}/threads/{thread.pk}/which-grind-for-a-moka-pot/"
    assert entry.findtext(f"{ATOM}id") == f"{HOST}/threads/{thread.pk}/"
    assert entry.findtext(f"{ATOM}summary") == "<p>Mine is <strong>bitter</strong>.</p>\n"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Lena Sommer"
    assert entry.findtext(f"{ATOM}published") == thread.created_at.isoformat()


def test_a_feed_may_be_of_one_topic_or_product(client: Client) -> None:
    product, topic = factories.product("moka"), factories.topic("grinding")
    factories.thread(title="About the product", product=product)
    factories.thread(title="About the topic", topic=topic)
    assert titles(client, "?product=moka") == ["About the product"]
    assert titles(client, "?topic=grinding") == ["About the topic"]
    assert titles(client, "?topic=nothing") == []


def test_hostile_and_unprintable_text_leaves_the_feed_well_formed(client: Client) -> None:
    thread = factories.thread(author=factories.member(HOSTILE), title=HOSTILE, body=HOSTILE)
    Thread.objects.filter(pk=thread.pk).update(title=f"a\x01b\x1f {HOSTILE}")
    assert titles(client) == [f"ab {HOSTILE}"]
    assert b"<script" not in client.get("/feed/").content


def test_what_is_deleted_appears_nowhere(client: Client) -> None:
    kept, gone = factories.thread(title="Kept question"), factories.thread(title="Gone question")
    threads.delete(thread=gone, by=gone.author, at=timezone.now())
    assert titles(client) == ["Kept question"]
    assert locations(client, "/sitemap-threads-0.xml") == [f"{HOST}{kept.get_absolute_url()}"]


def test_the_sitemap_leads_to_every_public_thread(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seo, "SLICE", 3)
    made = factories.many(factories.thread, 8, title="Question & more")
    listed = [str(place).removeprefix(HOST) for place in locations(client, "/sitemap.xml")]
    assert listed[0] == "/sitemap-pages.xml"
    found = [place for path in listed[1:] for place in locations(client, path)]
    assert found == [f"{HOST}{thread.get_absolute_url()}" for thread in made]


def test_a_sitemap_costs_one_query_however_long_it_is(client: Client) -> None:
    counts = []
    for number in (1, 30):
        factories.many(factories.thread, number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/sitemap-threads-0.xml")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_ideas_and_contests_are_listed_while_everybody_may_read_them(client: Client) -> None:
    contest = factories.contest()
    hidden, merged = factories.idea(title="An idea that waits"), factories.idea(title="An idea said twice")
    factories.idea(title="Before its time", contest=factories.contest("submit", is_public=False))
    shown, entry = factories.idea(title="A lid & a grip"), factories.idea(title="A wider spout", contest=contest)
    ideas.hide(idea=hidden, by=hidden.author, at=timezone.now())
    idea_decisions.merge(idea=merged, into=shown, by=factories.member(), at=timezone.now())
    assert f"{HOST}/sitemap-ideas-0.xml" in locations(client, "/sitemap.xml")
    listed = locations(client, "/sitemap-ideas-0.xml")
    assert listed == [f"{HOST}{idea.get_absolute_url()}" for idea in (shown, entry)]
    pages = locations(client, "/sitemap-pages.xml")
    assert [place for place in pages if "/contests/" in str(place)][1:] == [f"{HOST}{contest.get_absolute_url()}"]


def test_a_sitemap_that_is_none_is_not_found(client: Client) -> None:
    assert locations(client, "/sitemap.xml") == [f"{HOST}/sitemap-pages.xml"]
    assert client.get("/sitemap-threads-0.xml").status_code == 404
    factories.thread()
    assert client.get("/sitemap-threads-99999999999999999999.xml").status_code == 404


def test_the_standing_pages_are_listed(client: Client) -> None:
    factories.product("moka")
    factories.product("old", is_active=False)
    expected = [
        f"{HOST}{path}"
        for path in ("/", "/threads/", "/products/", "/news/", "/ideas/", "/ideas/contests/", "/products/moka/")
    ]
    assert locations(client, "/sitemap-pages.xml") == expected


def test_robots_are_told_what_to_leave_out(client: Client) -> None:
    response = client.get("/robots.txt")
    text = response.content.decode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert text.startswith("User-agent: *\nDisallow: /admin/\n")
    assert text.endswith(f"\n\nSitemap: {HOST}/sitemap.xml\n")


@pytest.mark.parametrize("path", ["/feed/", "/sitemap.xml", "/sitemap-pages.xml", "/robots.txt"])
def test_they_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_a_thread_page_says_its_address_and_its_data(client: Client) -> None:
    solution = factories.accepted_answer(factories.thread(title=HOSTILE, body=HOSTILE))
    answers.create(thread=solution.thread, author=factories.member(HOSTILE), body=f"{HOSTILE} other", at=timezone.now())
    html = client.get(solution.thread.get_absolute_url()).content.decode()
    assert html.count('<script type="application/ld+json">') == 1
    assert html.count("<script>") == 0
    assert f'<link rel="canonical" href="{HOST}{solution.thread.get_absolute_url()}">' in html
    assert '<meta name="description" content="&lt;/script&gt;' in html


@pytest.mark.parametrize("path", ["/", "/threads/?topic=grinding", "/products/", "/products/moka/", "/members/lena/"])
def test_every_public_page_says_its_address(client: Client, path: str) -> None:
    factories.product("moka")
    factories.topic("grinding")
    factories.member(handle="lena")
    html = client.get(path + ("&" if "?" in path else "?") + "sort=top").content.decode()
    assert re.findall('<link rel="canonical" href="([^"]*)">', html) == [f"{HOST}{path}"]
