"""Who a visitor is, in the shop's own words: a JSON Web Token that only its server can sign. Pure.

HMAC-SHA256 (``alg: HS256``) with the widget's secret over ``base64url(header).base64url(claims)``. ``aud`` is the
widget's key, ``sub`` the customer's number in the shop, ``iat`` and ``exp`` are at most ten minutes apart, ``jti`` is
good once. ``name``, ``email`` and ``crm`` (flat: numbers, words, yes or no) may be there.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

#: How long a token may be good, and how far two clocks may be apart, in seconds.
LONGEST = 600
SKEW = 60
#: What somebody without the secret can make us decode is short.
LONGEST_TOKEN = 4096
CRM_MOST = 40
HEADER = {"alg": "HS256", "typ": "JWT"}

Scalar = str | int | float | bool


class Refused(Exception):
    """The token proves nothing."""


class Forged(Refused):
    """It was not signed with this secret, or is no token at all."""


class Expired(Refused):
    """Its time is over, has not begun, or was chosen too long."""


class Foreign(Refused):
    """It was made for another widget."""


class Incomplete(Refused):
    """It is signed, but one of its claims is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the shop vouches for; ``token_id`` may be accepted once, until ``expires`` (seconds since 1970)."""

    customer: str
    token_id: str
    expires: int
    name: str = ""
    email: str = ""
    crm: Mapping[str, Scalar] = field(default_factory=dict)


def sign(claims: Mapping[str, object], secret: str) -> str:
    """Make a token, as the shop's server does."""
    signed = ".".join(_encode(json.dumps(part, separators=(",", ":")).encode()) for part in (HEADER, claims))
    return f"{signed}.{_encode(_mac(signed, secret))}"


def read(token: str, *, secret: str, audience: str, now: int) -> Identity:
    """Return what ``token`` proves. Raises ``Forged``, ``Expired``, ``Foreign`` and ``Incomplete``.

    Whether it was used before is asked by whoever remembers that.
    """
    claims = _claims(token, secret)
    if claims.get("aud") != audience:
        raise Foreign
    issued, expires = claims.get("iat"), claims.get("exp")
    if not (_is_time(issued) and _is_time(expires)):
        raise Incomplete
    if not (issued - SKEW <= now < expires + SKEW and 0 < expires - issued <= LONGEST):
        raise Expired
    return Identity(
        customer=_text(claims, "sub", 100, required=True),
        token_id=_text(claims, "jti", 80, required=True),
        expires=expires,
        name=_text(claims, "name", 60),
        email=_text(claims, "email", 254),
        crm=_crm(claims.get("crm", {})),
    )


def _claims(token: str, secret: str) -> dict[str, object]:
    parts = token.split(".")
    if len(token) > LONGEST_TOKEN or len(parts) != 3 or not token.isascii():
        raise Forged
    if not hmac.compare_digest(_mac(f"{parts[0]}.{parts[1]}", secret), _decode(parts[2])):
        raise Forged
    try:
        header, claims = (json.loads(_decode(part)) for part in parts[:2])
    except (ValueError, RecursionError) as error:
        raise Forged from error
    # Only what we said we would check: "none", or an algorithm of another kind, never gets to choose.
    if not isinstance(header, dict) or header.get("alg") != HEADER["alg"] or "crit" in header:
        raise Forged
    if not isinstance(claims, dict):
        raise Forged
    return claims


def _mac(signed: str, secret: str) -> bytes:
    return hmac.digest(secret.encode(), signed.encode(), hashlib.sha256)


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (NotBase64, ValueError) as error:
        raise Forged from error
    # One way to write it: a decoder that skips strange signs would accept many.
    if _encode(data) != text:
        raise Forged
    return data


def _is_time(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _text(claims: Mapping[str, object], name: str, longest: int, *, required: bool = False) -> str:
    value = claims.get(name, "")
    if not isinstance(value, str) or len(value) > longest or (required and not value.strip()):
        raise Incomplete
    return value.strip()


def _crm(value: object) -> dict[str, Scalar]:
    if not isinstance(value, dict) or len(value) > CRM_MOST:
        raise Incomplete
    for key, told in value.items():
        if len(key) > 60 or not isinstance(told, str | int | float | bool) or len(str(told)) > 200:
            raise Incomplete
    return value
