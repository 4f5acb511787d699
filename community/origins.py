"""Web origins: the address of a site without a path, as browsers write it. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

LOCAL = frozenset({"localhost", "127.0.0.1"})
PORTS = {"https": 443, "http": 80}
PORT_MOST = 65_535
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")


def normal(text: str) -> str:
    """Return the origin of an address. Raises ``ValueError`` with ``text`` for everything that is none.

    Without TLS only one's own machine is one: what others could change on its way is not the shop's page.
    """
    parts = urlsplit(text.strip().rstrip("/").lower())
    try:
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (UnicodeError, ValueError):
        raise ValueError(text) from None
    plain = set(host) <= LETTERS and host.strip(".-") == host and bool(host)
    alone = not (parts.path or parts.query or parts.fragment or parts.username or parts.password)
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)
    if not (plain and alone and safe):
        raise ValueError(text)
    return f"{parts.scheme}://{host}" + ("" if port in (None, PORTS[parts.scheme]) else f":{port}")
