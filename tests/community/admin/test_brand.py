"""The brand in the admin: stored under a new version, with nothing in it that runs."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from community.models import Brand, Member
from community.services import brands
from tests import factories, staff

pytestmark = pytest.mark.django_db(transaction=True)

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#123"/></svg>'


def _brand() -> Brand:
    brand = Brand(name="Nordlicht Kaffee")
    brands.store(brand=brand)
    return brand


def _save(by: Member, **changes: Any) -> int:
    numbers = {"followers_after": 120, "experts_after": 480, "agents_after": 1440, "first_posts_held": 0}
    form = {"name": "Nordlicht", "newcomer_links": 3, "terms_version": "1", **numbers, **changes}
    return staff.browser(by).post("/admin/community/brand/1/change/", form).status_code


def test_the_list_leads_to_the_one_brand() -> None:
    _brand()
    answer = staff.browser(staff.manager()).get("/admin/community/brand/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/community/brand/1/change/")


def test_a_change_is_a_new_version_and_seen_at_once() -> None:
    before = _brand().version
    assert brands.current().name == "Nordlicht Kaffee"
    assert _save(staff.manager(), accent="#b4441f", radius="6") == 302
    assert (brands.current().name, brands.current().version) == ("Nordlicht", before + 1)


def test_a_second_brand_is_refused() -> None:
    _brand()
    answer = staff.browser(staff.superuser()).post("/admin/community/brand/add/", {"name": "Second"})
    assert (answer.status_code, Brand.objects.count()) == (403, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"accent": "red;} body{display:none"},
        {"accent": "url(https://evil.example/)"},
        {"reward": "oklch(0.4 0.1 100); --x: y"},
        {"neutral_hue": "361"},
        {"radius": "41"},
        {"display_font": "Georgia; } * { color: red"},
        {"text_font": "a\\22 b"},
        {"logo": SimpleUploadedFile("logo.svg", DRAWING.replace(b"<path", b"<script>alert(1)</script><path"))},
        {"logo": SimpleUploadedFile("logo.svg", DRAWING.replace(b"<svg", b'<svg onload="alert(1)"'))},
        {"logo": SimpleUploadedFile("logo.png", DRAWING)},
        {"logo": SimpleUploadedFile("logo.html", b"<script>alert(1)</script>")},
        {"logo": SimpleUploadedFile("logo.svg", DRAWING + b" " * 300_000)},
    ],
)
def test_what_is_unsafe_is_refused_and_nothing_changes(changes: dict[str, Any]) -> None:
    before = _brand().version
    assert _save(staff.manager(), **changes) == 200
    brand = Brand.objects.get()
    assert (brand.name, brand.version, brand.logo.name) == ("Nordlicht Kaffee", before, "")


def test_a_drawing_becomes_the_logo_and_is_served_boxed_in() -> None:
    _brand()
    clara = staff.manager()
    assert _save(clara, logo=SimpleUploadedFile("logo.svg", DRAWING, "image/svg+xml")) == 302
    served = staff.browser(factories.member()).get(Brand.objects.get().logo.url)
    assert served.status_code == 200
    assert served["Content-Type"] == "image/svg+xml"
    assert served["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert served["X-Content-Type-Options"] == "nosniff"
    assert b"".join(served.streaming_content) == DRAWING  # type: ignore[attr-defined] # a file response
