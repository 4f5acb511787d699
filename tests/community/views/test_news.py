"""The brand's news on its pages: drafts only for managers, the published for everybody, the hidden nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.models import Member, News, Notification, Product
from community.services import follows, news
from tests import factories, staff

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def written(
    product: Product | None = None, *, title: str = "A new gasket", days: int = 0, publish: bool = True
) -> News:
    """Store news, published ``days`` ago unless they stay a draft."""
    at = NOW - timedelta(days=days)
    item = news.store(
        news=News(product=product, title_en=title, body_en="**Free** for all.", publish_at=at if publish else None),
        by=factories.member("Clara Hansen"),
        at=at,
    )
    news.publish(news_id=item.pk, at=at)
    item.refresh_from_db()
    return item


def pages_that_show(title: str, client: Client, product: Product) -> list[str]:
    paths = ["/", "/news/", f"/products/{product.slug}/", "/news/feed/", "/sitemap-pages.xml"]
    return [path for path in paths if title in client.get(path).content.decode()]


def test_news_appear_on_home_their_own_pages_and_that_of_their_product(client: Client) -> None:
    product = factories.product()
    item = written(product, title="A new gasket")
    of_all = ["/", "/news/", "/news/feed/"]
    assert pages_that_show("A new gasket", client, factories.product()) == of_all
    assert set(pages_that_show("A new gasket", client, product)) == {*of_all, f"/products/{product.slug}/"}
    assert item.get_absolute_url() in client.get("/sitemap-pages.xml").content.decode()
    page = client.get(item.get_absolute_url()).content.decode()
    assert "<strong>Free</strong>" in page


@pytest.mark.parametrize("state", ["draft", "scheduled", "deleted", "hidden"])
def test_what_is_not_published_is_nowhere_and_only_managers_open_it(
    client: Client, client_for: Callable[[Member], Client], state: str
) -> None:
    product = factories.product()
    item = written(product, title="Secret launch", publish=state in {"deleted", "hidden"})
    changes = {
        "draft": {},
        "scheduled": {"publish_at": NOW + timedelta(days=1)},
        "deleted": {"deleted_at": NOW},
        "hidden": {"hidden_at": NOW},
    }
    News.objects.filter(pk=item.pk).update(**changes[state])
    assert pages_that_show("Secret launch", client, product) == []
    people = [client, client_for(factories.member()), client_for(factories.ambassador()), client_for(staff.manager())]
    assert [person.get(item.get_absolute_url()).status_code for person in people] == [404, 404, 404, 200]


def test_every_address_leads_to_the_one(client: Client) -> None:
    item = written(title="A new gasket")
    for other in (f"/news/{item.pk}/", f"/news/{item.pk}/something-else/"):
        response = client.get(other)
        assert (response.status_code, response["Location"]) == (301, item.get_absolute_url())


def test_reading_them_clears_what_told_of_them(member: Member, client_for: Callable[[Member], Client]) -> None:
    follows.follow(member=member, target=None, at=NOW)
    item = written()
    factories.work_off()
    assert list(Notification.objects.values_list("member", "kind", "read_at")) == [(member.pk, "news.published", None)]
    client_for(member).get(item.get_absolute_url())
    assert Notification.objects.get().read_at is not None


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_however_much_it_shows(
    rows: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    product = factories.product()
    for number in range(rows):
        written(product, title=f"Number {number}")
    client.get("/news/")
    with django_assert_num_queries(1):
        client.get("/news/")
