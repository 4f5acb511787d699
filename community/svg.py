"""Which SVG files may be kept as a logo: drawings, nothing that runs, loads or links."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

#: Names, separated by blanks.
ELEMENTS = frozenset(
    """
    svg g path rect circle ellipse line polyline polygon text tspan title desc defs linearGradient radialGradient
    stop clipPath mask use symbol
    """.split()  # noqa: SIM905 - as below
)
ATTRIBUTES = frozenset(
    """
    id class d x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy width height points viewBox preserveAspectRatio transform
    fill fill-rule fill-opacity clip-path clip-rule mask stroke stroke-width stroke-linecap stroke-linejoin
    stroke-opacity stroke-dasharray stroke-dashoffset stroke-miterlimit opacity offset stop-color stop-opacity
    gradientUnits gradientTransform clipPathUnits maskUnits font-family font-size font-weight text-anchor
    letter-spacing version href role aria-label aria-hidden pathLength color display vector-effect space
    """.split()  # noqa: SIM905 - a list of quoted names would be three times as long
)
#: A reference to anything but a part of the same drawing, or an escape that could write one.
OUTSIDE = re.compile(r"\\|url\((?!\s*['\"]?#)", re.IGNORECASE)
DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml\s[^?]*\?>")
NAMESPACE = re.compile(r"\{(?P<uri>[^}]*)\}(?P<name>.*)")
SVG = "http://www.w3.org/2000/svg"


class Unsafe(ValueError):
    """The file holds something else than a drawing; its argument names it."""


def check(content: bytes) -> None:
    """Raise ``Unsafe`` unless ``content`` is an SVG file of shapes, gradients and text only."""
    # Entities and declarations are how XML parsers are attacked; a drawing needs none.
    if b"<!" in content.replace(b"<!--", b""):
        raise Unsafe("<!DOCTYPE>")
    if b"<?" in DECLARATION.sub(b"", content, count=1) or b"\x00" in content:
        raise Unsafe("<?…?>")
    try:
        root = ET.fromstring(content)  # noqa: S314 - see above
    except (ET.ParseError, ValueError, LookupError) as error:
        raise Unsafe("XML") from error
    if root.tag != f"{{{SVG}}}svg":
        raise Unsafe(root.tag)
    for element in root.iter():
        _check_element(element)


def _check_element(element: ET.Element) -> None:
    uri, name = _split(element.tag)
    if uri != SVG or name not in ELEMENTS:
        raise Unsafe(f"<{name}>")
    for attribute, value in element.attrib.items():
        _uri, name = _split(attribute)
        if name not in ATTRIBUTES:
            raise Unsafe(name)
        if (name == "href" and not value.startswith("#")) or OUTSIDE.search(value):
            raise Unsafe(f"{name}={value[:40]}")


def _split(tag: str) -> tuple[str, str]:
    match = NAMESPACE.match(tag)
    return (match["uri"], match["name"]) if match else ("", tag)
