"""The brand's style sheet: its seven properties, from values that are checked once more on the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from community.models import Brand
from community.services import brands

COLOUR = re.compile(r"#[0-9a-fA-F]{6}|oklch\([0-9.]+%? [0-9.]+ [0-9.]+\)")
FONT = re.compile(r"[\w][\w -]*")
GENERIC = frozenset(
    {
        *("serif", "sans-serif", "monospace", "cursive", "fantasy"),
        *("system-ui", "ui-serif", "ui-sans-serif", "ui-rounded", "ui-monospace"),
    }
)
PICTURE = re.compile(r"[\w./:-]+")
YEAR = "public, max-age=31536000, immutable"
MINUTE = "public, max-age=60"


def _tag(request: HttpRequest) -> str:
    return f'"brand-{brands.current().version}"'


@require_safe
@condition(etag_func=_tag)
def brand_css(request: HttpRequest) -> HttpResponse:
    """Serve the style sheet; the version in its address lets browsers keep it for good."""
    brand = brands.current()
    response = HttpResponse(style_sheet(brand), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = YEAR if request.GET.get("v") == str(brand.version) else MINUTE
    return response


def style_sheet(brand: Brand) -> str:
    """Return ``:root`` with the properties that the brand set; what is not plainly harmless is left out."""
    declarations = "".join(f"  {name}: {value};\n" for name, value in _properties(brand))
    return f":root {{\n{declarations}}}\n" if declarations else ""


def _properties(brand: Brand) -> Iterator[tuple[str, str]]:
    for name, colour in (("--brand", brand.accent), ("--brand-reward", brand.reward)):
        if COLOUR.fullmatch(colour):
            yield name, colour
    if brand.neutral_hue is not None:
        yield "--brand-neutral-hue", str(min(int(brand.neutral_hue), 360))
    if brand.radius is not None:
        yield "--brand-radius", f"{min(int(brand.radius), 40)}px"
    for name, fonts in (("--brand-display", brand.display_font), ("--brand-text", brand.text_font)):
        if family := _family(fonts):
            yield name, family
    if brand.hero and PICTURE.fullmatch(url := brand.hero.url):
        yield "--brand-hero", f'url("{url}")'


def _family(fonts: str) -> str:
    """Quote each name anew, so that no quotation mark of the input reaches the style sheet."""
    names = [name.strip().strip("\"'").strip() for name in fonts.split(",")]
    return ", ".join(name.lower() if name.lower() in GENERIC else f'"{name}"' for name in names if FONT.fullmatch(name))
