"""Who a visitor is, in the shop's own words: a JSON Web Token that only its server can sign. Pure.

HMAC-SHA256 (``alg: HS256``) with the widget's secret over ``base64url(header).base64url(claims)``. ``aud`` is the
widget's key, ``sub`` the customer's number in the shop, ``iat`` and ``exp`` are at most ten minutes apart, ``jti`` is
good once. ``name``, ``email`` and ``crm`` (flat: numbers, words, yes or no) may be there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

import jwt
from jwt.types import Options

#: How long a token may be good, and how far two clocks may be apart, in seconds.
LONGEST = 600
SKEW = 60
#: What somebody without the secret can make us decode is short.
LONGEST_TOKEN = 4096
CRM_MOST = 40
ALGORITHM = "HS256"
#: One way to write it: a decoder that skips strange signs would accept many.
SHAPE = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
#: The times are judged by the clock that is passed in, and the other claims by what is made of them.
ONLY_THE_SIGNATURE: Options = {
    "verify_signature": True,
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}

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
    return jwt.encode(dict(claims), secret, algorithm=ALGORITHM)


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
    if len(token) > LONGEST_TOKEN or not SHAPE.fullmatch(token):
        raise Forged
    try:
        # The token does not get to choose how it is checked: "none", or another algorithm, is refused.
        claims: dict[str, object] = jwt.decode(token, secret, algorithms=[ALGORITHM], options=ONLY_THE_SIGNATURE)
    except (jwt.PyJWTError, RecursionError) as error:
        raise Forged from error
    return claims


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
