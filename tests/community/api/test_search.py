"""The search for programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from community import limits
from community.models import Answer, Member
from tests import factories

pytestmark = pytest.mark.django_db

ApiFor = Callable[[Member | None], APIClient]


def test_hits_are_told_with_their_marks_and_links(answer: Answer, api_for: ApiFor) -> None:
    factories.work_off()
    found = api_for(None).get("/api/v1/search/", {"q": "coarser espresso"}).json()
    assert (found["next"], found["previous"], found["hints"]) == (None, None, [])
    [hit] = found["results"]
    assert hit["snippet"] == "A little <mark>coarser</mark> than for <mark>espresso</mark>."
    assert (hit["id"], hit["answer"], hit["title"]) == (answer.thread_id, answer.pk, answer.thread.title)
    assert (hit["url"], hit["author"]["handle"]) == (
        f"http://testserver{answer.get_absolute_url()}",
        answer.thread.author.handle,
    )


def test_a_snippet_is_safe(api_for: ApiFor) -> None:
    factories.thread(body="Moka & <img src=x onerror=alert(1)>")
    [hit] = api_for(None).get("/api/v1/search/", {"q": "moka onerror"}).json()["results"]
    assert hit["snippet"] == ("<mark>Moka</mark> &amp; &lt;img src=x <mark>onerror</mark>=alert(1)&gt;")


def test_pages_follow_their_links_and_end(member: Member, api_for: ApiFor) -> None:
    factories.many(factories.thread, 45, member)
    client, address, seen = api_for(None), "/api/v1/search/?q=moka", []
    while address:
        page = client.get(address).json()
        seen += [hit["id"] for hit in page["results"]]
        address = page["next"]
    assert len(set(seen)) == len(seen) == 45


def test_what_is_not_understood_is_said(member: Member, api_for: ApiFor) -> None:
    factories.thread(member)
    found = (
        api_for(None).get("/api/v1/search/", {"q": "moka product:toaster"}, headers={"accept-language": "en"}).json()
    )
    assert (len(found["results"]), found["hints"]) == (1, ["We know no product “toaster”."])


@pytest.mark.parametrize(
    "query", [{}, {"q": ""}, {"q": "x" * 201}, {"q": "moka", "cursor": "9"}, {"q": "moka", "cursor": "x"}]
)
def test_a_bad_query_is_refused(db: None, api_for: ApiFor, query: dict[str, str]) -> None:
    response = api_for(None).get("/api/v1/search/", query)
    assert (response.status_code, response.json()["code"]) == (400, "invalid")


def test_it_is_limited(db: None, api_for: ApiFor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SEARCHES", limits.Limit("searches", 1, 3600))
    codes = [api_for(None).get("/api/v1/search/", {"q": "moka"}).status_code for _ in range(2)]
    assert codes == [200, 429]
