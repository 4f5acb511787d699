"""What is stored encrypted, and how it is found all the same.

``DATA_KEYS`` are texts of at least 32 characters, the newest first: it seals, every one of them opens. Without any, the
site's secret key takes their place, and it goes on opening what it sealed when ``DATA_KEYS`` come.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Sealed(Exception):
    """None of the keys opens this."""


def seal(text: str) -> str:
    """Encrypt under the newest key."""
    return _box(_keys()).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt under whichever key fits. Raises ``Sealed``."""
    try:
        return _box(_keys()).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Sealed from error


def reseal(sealed: str) -> str:
    """The same secret under the newest key. Raises ``Sealed``."""
    return seal(unseal(sealed))


def is_newest(sealed: str) -> bool:
    """Whether the newest key sealed this."""
    try:
        _box(_keys()[:1]).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def digest(text: str) -> str:
    """HMAC of ``text`` under the newest key: equal texts have equal digests, and nobody without the key can try."""
    return _digest(text, _keys()[0])


def digests(text: str) -> list[str]:
    """The digests under all keys, to look for what may have been stored under an older one."""
    return [_digest(text, key) for key in _keys()]


def _keys() -> tuple[str, ...]:
    return (
        *settings.DATA_KEYS,
        settings.SECRET_KEY,
        *map(str, settings.SECRET_KEY_FALLBACKS),
    )


def _digest(text: str, key: str) -> str:
    return hmac.digest(_derived(key, b"kundenkreis digest"), text.encode(), "sha256").hex()


@lru_cache(maxsize=8)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(key, b"kundenkreis seal"))) for key in keys])


@lru_cache(maxsize=32)
def _derived(key: str, purpose: bytes) -> bytes:
    """A key for one purpose, so that sealing and finding never share one."""
    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(key.encode())
