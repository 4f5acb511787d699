"""The block in the shop: what it shows, to whom, and how cheaply."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from community.models import Brand, Product, Thread
from community.services import brands, threads
from tests import factories

pytestmark = pytest.mark.django_db

SHOP = "https://shop.example"
#: Product, rating, reviews, questions.
COST = 4


@pytest.fixture
def product() -> Product:
    return factories.product("aurora", name="Aurora S1")


@pytest.fixture
def brand() -> Brand:
    brand = Brand(name="Nordlicht", shop_origins=SHOP, accent="#123456")
    brands.store(brand=brand)
    return brand


def get(path: str, **headers: str) -> Any:
    return Client().get(path, headers={"Accept-Language": "en", **headers})


def test_it_shows_questions_and_leads_to_a_filled_in_form(product: Product) -> None:
    answer = factories.accepted_answer(factories.thread(product=product, title="Does it fit under a cupboard?"))

    shown = get("/embed/products/AURORA/block/").content.decode()

    assert f'href="http://localhost:8000{answer.thread.get_absolute_url()}"' in shown
    assert "Does it fit under a cupboard?" in shown
    assert "1 answer" in shown
    assert 'href="http://localhost:8000/threads/new/?product=aurora&amp;phase=before"' in shown


@pytest.mark.parametrize("key", ["aurora", "AURORA"])
def test_a_product_is_found_by_slug_and_by_sku(product: Product, key: str) -> None:
    assert get(f"/embed/products/{key}/").status_code == 200


@pytest.mark.parametrize("key", ["unknown", "old", "OLD", "%00"])
def test_what_is_not_sold_has_no_block(key: str) -> None:
    factories.product("old", is_active=False)

    assert get(f"/embed/products/{key}/block/").status_code == 404


def test_what_is_hidden_here_is_hidden_there(product: Product) -> None:
    hidden: Thread = factories.thread(product=product, title="Something that was hidden")
    threads.delete(thread=hidden, by=hidden.author, at=hidden.created_at)

    assert "Something that was hidden" not in get("/embed/products/aurora/block/").content.decode()


def test_only_the_brands_shops_may_fetch_and_frame_it(product: Product, brand: Brand) -> None:
    ours, theirs = (get("/embed/products/aurora/block/", Origin=origin) for origin in (SHOP, "https://evil.example"))
    page = get("/embed/products/aurora/")

    assert ours["Access-Control-Allow-Origin"] == SHOP
    assert "Access-Control-Allow-Origin" not in theirs
    assert "Origin" in theirs["Vary"]
    assert f"frame-ancestors {SHOP};" in page["Content-Security-Policy"] + ";"
    assert "X-Frame-Options" not in page
    assert "Access-Control-Allow-Credentials" not in ours
    assert [dict(answer.cookies) for answer in (ours, page)] == [{}, {}]


def test_without_a_shop_nobody_frames_it_and_no_other_page_is_ever_framed(product: Product) -> None:
    assert "frame-ancestors 'none'" in get("/embed/products/aurora/")["Content-Security-Policy"]
    assert get("/products/aurora/")["X-Frame-Options"] == "DENY"


def test_it_is_cacheable_and_says_when_it_is_the_same(product: Product) -> None:
    first = get("/embed/products/aurora/block/")

    again = get("/embed/products/aurora/block/", **{"If-None-Match": first["ETag"]})

    assert "public" in first["Cache-Control"]
    assert (again.status_code, again.content) == (304, b"")
    assert first["ETag"] == again["ETag"]


@pytest.mark.django_db(transaction=True)
def test_a_new_question_is_in_the_block_at_once(product: Product) -> None:
    before = get("/embed/products/aurora/block/")

    factories.thread(product=product, title="Does it fit under a cupboard?")
    after = get("/embed/products/aurora/block/", **{"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert "Does it fit under a cupboard?" in after.content.decode()


@pytest.mark.parametrize(
    ("asked", "words"), [("de", "Frage stellen"), ("en", "Ask a question"), ("x", "Ask a question")]
)
def test_the_shop_says_which_language(product: Product, asked: str, words: str) -> None:
    assert words in get(f"/embed/products/aurora/block/?lang={asked}").content.decode()


def test_its_data_is_what_search_engines_read(product: Product) -> None:
    shown = get("/embed/products/aurora/").content.decode()

    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown)[0])
    assert (data["@type"], data["name"], data["sku"]) == ("Product", "Aurora S1", "AURORA")


def test_nothing_in_it_runs_or_is_styled_inline(product: Product) -> None:
    factories.thread(product=product, title="<script>alert(1)</script> and more")

    shown = get("/embed/products/aurora/").content.decode()

    assert "<script>alert" not in shown
    assert re.findall(r"<script(?! type=\"application/ld\+json\")|\sstyle=|\son[a-z]+=", shown) == []


def test_script_and_style_sheet_are_public_and_in_the_brands_colour(brand: Brand) -> None:
    script, css = get("/embed.js"), get("/embed.css")

    assert script["Content-Type"].startswith("text/javascript")
    assert ":host {\n  --brand: #123456;" in css.content.decode()
    for answer in (script, css):
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert get("/embed.js", **{"If-None-Match": script["ETag"]}).status_code == 304
        assert not answer.cookies


def test_a_block_costs_the_same_for_one_and_for_many(product: Product, django_assert_num_queries: Any) -> None:
    factories.thread(product=product)
    brands.current()
    with django_assert_num_queries(COST):
        get("/embed/products/aurora/block/")
    factories.many(factories.thread, 8, product=product)
    with django_assert_num_queries(COST):
        get("/embed/products/aurora/block/?lang=de")
