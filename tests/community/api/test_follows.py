"""What one follows, and two questions that become one, over the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from community.models import Follow, Member, Role, Thread
from tests import factories
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]
FOLLOWS = "/api/v1/follows/"


def test_the_list_tells_what_is_followed_the_latest_first(api_for: ApiFor) -> None:
    member, asked = factories.member(), factories.thread(title="How hot for a green tea?")
    factories.topic("water", name="Water")
    factories.product("kettle", name="Kettle")
    api = api_for(member)
    for path in (f"threads/{asked.pk}", "topics/water", "products/kettle", "follows/brand"):
        assert api.put(f"/api/v1/{path}/follow/".replace("brand/follow", "brand"), {"level": "all"}).status_code == 200
    api.put("/api/v1/topics/water/follow/", {"level": "off"})

    rows = api.get(FOLLOWS).json()["results"]

    assert [(row["thread"], row["topic"], row["product"], row["title"], row["level"]) for row in rows] == [
        (None, "water", None, "Water", "off"),
        (None, None, None, "Kundenkreis", "all"),
        (None, None, "kettle", "Kettle", "all"),
        (asked.pk, None, None, "How hot for a green tea?", "all"),
    ]
    assert rows[3]["url"] == f"http://testserver{asked.get_absolute_url()}"
    assert api_for(factories.member()).get(FOLLOWS).json()["results"] == []
    assert api_for(None).get(FOLLOWS).status_code == 401


def test_a_thread_that_is_hidden_is_not_listed(api_for: ApiFor, thread: Thread) -> None:
    Thread.objects.filter(pk=thread.pk).update(hidden_at=thread.created_at)
    assert api_for(thread.author).get(FOLLOWS).json()["results"] == []
    assert Follow.objects.count() == 1


def test_the_brand_is_forgotten(api_for: ApiFor, member: Member) -> None:
    api = api_for(member)
    api.put("/api/v1/follows/brand/")
    assert (api.delete("/api/v1/follows/brand/").status_code, Follow.objects.count()) == (204, 0)


class TestMerging:
    def merge(self, api: APIClient, source: Thread, into: int) -> tuple[int, str]:
        response = api.post(f"/api/v1/threads/{source.pk}/merge/", {"into": into})
        return response.status_code, response.json().get("code", "")

    def test_a_moderator_merges_any_and_the_old_address_leads_on(self, api_for: ApiFor, thread: Thread) -> None:
        factories.answer(thread)
        into = factories.thread(title="How coarse do you grind for a moka pot?")
        api = api_for(factories.member("Clara", Role.MODERATOR))
        told = api.post(f"/api/v1/threads/{thread.pk}/merge/", {"into": into.pk}).json()
        assert (told["id"], told["answers"], told["state"]) == (into.pk, 1, "open")
        assert api_for(None).get(f"/api/v1/threads/{thread.pk}/").status_code == 301

    def test_its_author_merges_it_until_others_have_answered(self, api_for: ApiFor, thread: Thread) -> None:
        into, api = factories.thread(), api_for(thread.author)
        factories.answer(thread)
        api.get(FOLLOWS)  # the first visit of the day is written down
        with unchanged():
            assert self.merge(api, thread, into.pk) == (403, "others_answered")
        own = factories.thread(thread.author)
        assert self.merge(api, own, into.pk) == (200, "")

    def test_what_cannot_be_merged(self, api_for: ApiFor, thread: Thread) -> None:
        into, other = factories.thread(), api_for(factories.member())
        other.get(FOLLOWS)  # the first visit of the day is written down
        with unchanged():
            assert self.merge(other, thread, into.pk) == (404, "not_found")
            assert self.merge(api_for(None), thread, into.pk)[0] == 401
        api = api_for(thread.author)
        assert self.merge(api, thread, thread.pk) == (422, "same_thread")
        assert self.merge(api, thread, 999_999) == (404, "not_found")
        assert self.merge(api, thread, 0) == (400, "invalid")
