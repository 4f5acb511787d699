"""A shop that embeds the widget, and visitors on its pages."""

from __future__ import annotations

import itertools
import json
from typing import Any

from django.test import Client
from django.utils import timezone

from chat import identity
from chat.models import Visitor, Widget
from chat.services import visitor_sessions, widgets

SHOP = "https://shop.example"
_tokens = itertools.count(1)


def widget(**changes: Any) -> Widget:
    """A shop's widget."""
    told = {"name": "Shop", "pages": [SHOP], "language": "de", **changes}
    return widgets.create(at=timezone.now(), **told)[0]


def visitor(of: Widget | None = None) -> tuple[Visitor, str]:
    """A visitor with the token of their session."""
    session, token = visitor_sessions.begin(widget=of or widget(), origin=SHOP, language="en", at=timezone.now())
    return session.visitor, token


def vouched(of: Widget, customer: str = "K-7", **claims: Any) -> str:
    """What the shop's server signs about a customer, now."""
    now = int(timezone.now().timestamp())
    told = {"aud": of.key, "sub": customer, "jti": f"t{next(_tokens)}", "iat": now, "exp": now + 300, **claims}
    return identity.sign(told, widgets.secret_of(of))


class Browser:
    """The frame's own requests: a token in a header, no cookie."""

    def __init__(self, token: str = "") -> None:
        self.client = Client()
        self.token = token

    def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One call of the API."""
        headers = {"Accept-Language": "en", **({"Authorization": f"Visitor {self.token}"} if self.token else {})}
        told = "" if body is None else json.dumps(body)
        return self.client.generic(method, f"/api/v1/{path}", told, content_type="application/json", headers=headers)
