"""A pin as a picture of its own: the symbols that the pages use, in colours that need no style sheet."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET  # the only file read is our own sprite

from django.conf import settings

SVG = "http://www.w3.org/2000/svg"
ENAMEL = {
    "fjord": "#2f5f93", "crema": "#94661c", "spruce": "#17694d", "cherry": "#a03a37", "heather": "#80498a",
    "night": "#2c4456",
}  # fmt: skip
RIMS = {"bronze": "#b07d50", "silver": "#b3bac1", "gold": "#d8a83c"}


def svg(*, shape: str, tone: str, glyph: str, tier: str) -> bytes:
    """The pin as an SVG file; what the sprite does not know is drawn as the plainest of its kind."""
    symbols = _symbols(settings.BASE_DIR / "static" / "icons.svg")
    enamel = ENAMEL.get(tone, ENAMEL["spruce"])
    picture = ET.Element(f"{{{SVG}}}svg", {"viewBox": "0 0 64 64", "width": "512", "height": "512", "color": enamel})
    pin = ET.SubElement(picture, f"{{{SVG}}}g", {"fill": RIMS.get(tier, RIMS["bronze"])})
    pin.extend(symbols.get(f"pin-{shape}", symbols["pin-round"]))
    strokes = {
        "fill": "none", "stroke": "#fff", "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round",
        "transform": "translate(19 19) scale(1.0833)",
    }  # fmt: skip
    icon = ET.SubElement(picture, f"{{{SVG}}}g", strokes)
    icon.extend(symbols.get(glyph, symbols["star"]))
    ET.register_namespace("", SVG)
    return bytes(ET.tostring(picture, encoding="utf-8", xml_declaration=True))


@lru_cache(maxsize=1)
def _symbols(sprite: Path) -> dict[str, list[ET.Element]]:
    found = ET.parse(sprite).getroot().iter(f"{{{SVG}}}symbol")  # noqa: S314 - our own file
    return {symbol.get("id", ""): list(symbol) for symbol in found}
