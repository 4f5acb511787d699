"""The widget of the demo's shop. Its key and secret follow from the demo's password, so they can be said again."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac

from chat.models import Widget
from chat.services import widgets
from config.demo.shop import ORIGINS

NAME = "Nordlicht Shop (Demo)"


def play(now: datetime) -> tuple[str, str]:
    """Make the widget where it is missing; return its public key and the secret that the shop's server signs with."""
    key = f"{widgets.MARK}_{_derived('key')[:24]}"
    secret = _derived("secret")
    if not Widget.objects.filter(key=key).exists():
        widgets.create(name=NAME, pages=ORIGINS, language="de", at=now, key=key, secret=secret)
    return key, secret


def _derived(what: str) -> str:
    return salted_hmac(f"config.demo.chat_widget.{what}", settings.DEMO_PASSWORD, algorithm="sha256").hexdigest()
