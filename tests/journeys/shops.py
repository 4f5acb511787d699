"""The demo shop, which embeds the chat, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import FrameLocator, Page

from chat.services import widgets
from community.models import ApiKey, Brand
from community.services import api_keys, brands

SHOP = Path(__file__).parents[2] / "examples" / "shop" / "shop.py"
PHONE = {"width": 390, "height": 844}


@contextmanager
def with_chat(community: str) -> Iterator[str]:
    """Yield the shop's address; it is another site than the community, for 127.0.0.1 is not localhost."""
    at = timezone.now()
    _row, keys = api_keys.create(name="Shop", scopes=ApiKey.Scope.values, at=at)
    widget, secret = widgets.create(name="Shop", pages=[], language="en", at=at)
    with subprocess.Popen(  # noqa: S603 - our own file
        [sys.executable, str(SHOP), "--community", community, "--host", "127.0.0.1", "--port", "0"],
        env={**os.environ, "SHOP_KEY": keys.key, "WIDGET_KEY": widget.key, "WIDGET_SECRET": secret},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().rpartition(" ")[2].strip()
        brands.store(brand=Brand(name="Nordlicht", shop_origins=address))
        widgets.change(widget=widget, name="Shop", pages=[address], language="en", greeting="", is_active=True)
        yield address
        process.terminate()


def chat(page: Page) -> FrameLocator:
    """The frame that the button opens."""
    return page.frame_locator("[data-kundenkreis-widget] iframe")
