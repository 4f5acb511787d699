"""Tickets before a camera: the code in one of its pictures, for every browser alike."""

from __future__ import annotations

import io
from typing import IO

import zxingcpp
from PIL import Image

from community.services.avatars import DAMAGED

MOST_BYTES = 1024 * 1024
MOST_PIXELS = 4_000_000
FORMATS = ("JPEG", "PNG")
QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def code_in(*, frame: IO[bytes]) -> str:
    """The text of the QR code in ``frame``; nothing where it shows none, or is no picture. Nothing of it is kept."""
    data = frame.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        return ""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return ""
            grey = image.convert("L")
    except DAMAGED:
        return ""
    found = zxingcpp.read_barcode(grey, formats=QR_CODES)
    return found.text if found else ""
