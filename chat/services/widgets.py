"""Widgets: made once for a shop, with a secret that only its server knows."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from chat.models import Widget
from community import origins, vault
from community.refusals import Refusal

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
MARK = "kw"


class NoOrigin(Refusal):
    """One of the lines is no origin."""

    code = "widget_origin"
    message = _("Write each origin as https://shop.example, without a path.")
    field = "origins"
    status = 422


@transaction.atomic
def create(
    *,
    name: str,
    pages: Sequence[str],
    language: str,
    at: datetime,
    greeting: str = "",
    key: str | None = None,
    secret: str | None = None,
) -> tuple[Widget, str]:
    """Make a widget; its secret is returned and never again. ``key`` and ``secret`` are for who must know them before.

    Raises ``NoOrigin``.
    """
    secret = secret or new_secret()
    widget = Widget.objects.create(
        name=name,
        key=key or f"{MARK}_{get_random_string(24, LETTERS)}",
        sealed_secret=vault.seal(secret),
        origins=origins_of(pages),
        language=language,
        greeting=greeting,
        created_at=at,
    )
    return widget, secret


@transaction.atomic
def change(*, widget: Widget, name: str, pages: Sequence[str], language: str, greeting: str, is_active: bool) -> None:
    """Change what a widget looks like and where it may stand; key and secret stay. Raises ``NoOrigin``."""
    widget.name, widget.origins, widget.language = name, origins_of(pages), language
    widget.greeting, widget.is_active = greeting, is_active
    widget.save(update_fields=["name", "origins", "language", "greeting", "is_active"])


@transaction.atomic
def renew_secret(*, widget: Widget) -> str:
    """Give a widget another secret, which is returned and never again; what the old one signed is refused at once."""
    secret = new_secret()
    widget.sealed_secret = vault.seal(secret)
    widget.save(update_fields=["sealed_secret"])
    return secret


def reseal() -> int:
    """Seal the secrets that an older key has sealed under the newest one; returns how many. Raises ``vault.Sealed``."""
    return sum(_reseal(pk) for pk in Widget.objects.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _reseal(pk: int) -> bool:
    widget = Widget.objects.select_for_update().get(pk=pk)
    if vault.is_newest(widget.sealed_secret):
        return False
    widget.sealed_secret = vault.reseal(widget.sealed_secret)
    widget.save(update_fields=["sealed_secret"])
    return True


def by_key(key: str) -> Widget | None:
    """The active widget of a public key, if there is one. What a key never holds is not looked for."""
    if not (key.isascii() and key.isprintable()):
        return None
    return Widget.objects.filter(key=key, is_active=True).first()


def secret_of(widget: Widget) -> str:
    """What the shop's server signs with."""
    return vault.unseal(widget.sealed_secret)


def new_secret() -> str:
    """A secret of 256 random bits."""
    return secrets.token_hex(32)


def origins_of(pages: Sequence[str]) -> list[str]:
    """The pages' origins as browsers write them, each once. Raises ``NoOrigin``."""
    try:
        return sorted({origins.normal(page) for page in pages if page.strip()})
    except ValueError as error:
        raise NoOrigin from error
