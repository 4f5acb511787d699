"""A logo is a drawing: whatever could run, load or link is refused and named."""

from __future__ import annotations

import pytest

from community import svg

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def _file(inside: str) -> bytes:
    return f"{OPEN}{inside}</svg>".encode()


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h9v9z" fill="#123456"/>',
        (
            '<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs>'
            '<rect width="9" height="9" fill="url(#a)"/>'
        ),
        "<rect fill=\"url('#a')\"/>",
        '<symbol id="b"><circle r="2"/></symbol><use href="#b"/>',
        "<!-- made by hand --><title>Nordlicht</title>",
    ],
)
def test_drawings_pass(inside: str) -> None:
    svg.check(_file(inside))


def test_a_declaration_of_the_encoding_passes() -> None:
    svg.check(b'<?xml version="1.0" encoding="UTF-8"?>' + _file("<g/>"))


@pytest.mark.parametrize(
    "content",
    [
        _file("<script>alert(1)</script>"),
        _file('<path d="M0 0" onclick="alert(1)"/>'),
        _file("<foreignObject><body/></foreignObject>"),
        _file('<image href="https://evil.example/x.png"/>'),
        _file('<use href="https://evil.example/x.svg#a"/>'),
        _file('<use xlink:href="data:image/svg+xml;base64,AAAA"/>'),
        _file('<a href="javascript:alert(1)"><path d="M0 0"/></a>'),
        _file('<rect fill="url(https://evil.example/)"/>'),
        _file("<rect fill=\"url( 'https://evil.example/')\"/>"),
        _file(r'<rect fill="u\72l(https://evil.example/)"/>'),
        _file('<rect style="background: url(x)"/>'),
        _file("<style>* { x: y }</style>"),
        _file('<animate attributeName="href" to="javascript:alert(1)"/>'),
        _file('<set attributeName="onload" to="alert(1)"/>'),
        _file('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>'),
        b'<!DOCTYPE svg [<!ENTITY x "y">]>' + _file("&x;"),
        b'<?xml-stylesheet href="https://evil.example/x.css"?>' + _file("<g/>"),
        b"<html/>",
        b"<svg><g/></svg>",
        b"\x89PNG",
        b"",
        "\ufeff<svg".encode("utf-16"),
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(svg.Unsafe):
        svg.check(content)
