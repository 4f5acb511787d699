"""What a shop embeds: small, cacheable, for its own pages only, and without a trace before the first click."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from django.test import Client

from chat.models import Visitor, Widget
from chat.services import widgets
from community.models import Brand
from community.services import brands
from tests.chat.shops import SHOP, widget

pytestmark = pytest.mark.django_db
BUDGET = 10 * 1024


@pytest.fixture
def shop() -> Widget:
    return widget(greeting="Moin <b>& willkommen</b>")


def get(path: str, **headers: str) -> Any:
    return Client().get(path, headers=headers)


def test_the_loader_fits_into_ten_kilobytes(shop: Widget) -> None:
    brands.store(brand=Brand(name="Nordlicht Kaffee", accent="#0b5d47"))

    body = get(f"/widget.js?key={shop.key}").content

    assert len(gzip.compress(body)) <= BUDGET
    assert b"__KUNDENKREIS__" not in body


def test_the_loader_is_kept_by_browsers_and_sets_nothing(shop: Widget) -> None:
    answer = get(f"/widget.js?key={shop.key}")

    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=300, stale-while-revalidate=3600"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert dict(answer.cookies) == {}
    assert get(f"/widget.js?key={shop.key}", **{"If-None-Match": answer["ETag"]}).status_code == 304
    assert not Visitor.objects.exists()


def test_the_loader_knows_the_brand_in_both_languages(shop: Widget) -> None:
    brands.store(brand=Brand(name="</script><b>", accent="#0b5d47"))

    body = get(f"/widget.js?key={shop.key}").content.decode()

    found = re.search(r"const told = (\{.*\});", body)
    assert found is not None
    told = json.loads(found[1])
    assert (told["key"], told["language"], told["brand"]) == (shop.key, "de", "#0b5d47")
    assert told["texts"]["en"]["title"] == "Chat with </script><b>"
    assert "</script><b>" not in body


@pytest.mark.parametrize("path", ["/widget.js", "/widget/"])
@pytest.mark.parametrize("key", ["", "kw_other", "%00"])
def test_an_unknown_widget_is_not_there(path: str, key: str) -> None:
    assert get(f"{path}?key={key}").status_code == 404


def test_a_widget_that_is_switched_off_is_not_there(shop: Widget) -> None:
    widgets.change(widget=shop, name="Shop", pages=[SHOP], language="de", greeting="", is_active=False)

    assert [get(f"{path}?key={shop.key}").status_code for path in ("/widget.js", "/widget/")] == [404, 404]


def test_only_the_shops_own_pages_frame_it(shop: Widget) -> None:
    answer = get(f"/widget/?key={shop.key}")

    assert f"frame-ancestors {SHOP};" in answer["Content-Security-Policy"] + ";"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert dict(answer.cookies) == {}


def test_without_origins_nobody_frames_it() -> None:
    nowhere = widget(pages=[])

    assert "frame-ancestors 'none'" in get(f"/widget/?key={nowhere.key}")["Content-Security-Policy"]


def test_it_speaks_the_shops_language_and_escapes_its_words(shop: Widget) -> None:
    german, english = (
        get(f"/widget/?key={shop.key}{asked}", **{"Accept-Language": "fr"}).content.decode()
        for asked in ("", "&lang=en")
    )

    assert '<html lang="de"' in german
    assert "Talk to a person" in english
    assert "Talk to a person" not in german
    assert "Moin &lt;b&gt;&amp; willkommen&lt;/b&gt;" in german


def test_other_shops_are_not_named(shop: Widget) -> None:
    widget(name="Other", pages=["https://other.example"])

    answer = get(f"/widget/?key={shop.key}")

    assert "other.example" not in answer.content.decode() + answer["Content-Security-Policy"]
