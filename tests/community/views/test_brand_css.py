"""The brand's style sheet holds what the brand set, and nothing that breaks out of it."""

from __future__ import annotations

import pytest
from django.test import Client

from community.models import Brand
from community.services import brands
from community.views.brand_css import style_sheet

pytestmark = pytest.mark.django_db


def test_the_seven_properties() -> None:
    brand = Brand(
        name="Fjellvik",
        accent="#b4441f",
        reward="oklch(0.76 0.13 74)",
        neutral_hue=110,
        radius=6,
        display_font="'Iowan Old Style', Georgia, serif",
        text_font="system-ui, Segoe UI",
        hero="brand/hero.webp",
    )
    assert style_sheet(brand) == (
        ":root {\n"
        "  --brand: #b4441f;\n"
        "  --brand-reward: oklch(0.76 0.13 74);\n"
        "  --brand-neutral-hue: 110;\n"
        "  --brand-radius: 6px;\n"
        '  --brand-display: "Iowan Old Style", "Georgia", serif;\n'
        '  --brand-text: system-ui, "Segoe UI";\n'
        '  --brand-hero: url("/media/brand/hero.webp");\n'
        "}\n"
    )


def test_a_brand_without_wishes_keeps_the_platforms_look() -> None:
    assert style_sheet(Brand(name="Plain")) == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accent", "red; } body { display: none"),
        ("accent", "#b4441f\n; } * { color: red }"),
        ("accent", "url(https://evil.example/)"),
        ("reward", "oklch(0.7 0.1 74); background: red"),
        ("display_font", 'Georgia"; } body { display: none; } x { y: "'),
        ("text_font", "</style><script>alert(1)</script>"),
        ("text_font", "a\\22 ; color: red"),
        ("hero", 'x") ; } body { background: url("https://evil.example'),
    ],
)
def test_what_went_around_the_form_is_left_out(name: str, value: str) -> None:
    assert style_sheet(Brand(name="Hostile", **{name: value})) == ""


def test_it_is_kept_for_good_under_its_version_and_asked_for_anew_after_a_change() -> None:
    brand = Brand(name="Fjellvik", accent="#b4441f")
    brands.store(brand=brand)
    brands.changed()
    client = Client()
    versioned = client.get("/brand.css", {"v": brand.version})
    assert versioned["Content-Type"] == "text/css; charset=utf-8"
    assert versioned["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/brand.css", {"v": 99})["Cache-Control"] == "public, max-age=60"
    again = client.get("/brand.css", headers={"if-none-match": versioned["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    brand.accent = "#112233"
    brands.store(brand=brand)
    brands.changed()
    changed = client.get("/brand.css", headers={"if-none-match": versioned["ETag"]})
    assert (changed.status_code, b"#112233" in changed.content) == (200, True)


def test_it_is_only_read() -> None:
    assert Client().post("/brand.css").status_code == 405
