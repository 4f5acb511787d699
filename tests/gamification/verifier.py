"""A verifier of Open Badges as somebody else would write it: bytes, a public key and plain lookups, none of our code.

It follows the Open Badges Specification 3.0, section 8.2.5 "Verify a Credential", and the Bitstring Status List 1.0,
section 3.2 "Validate Algorithm".
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

Fetch = Callable[[str], bytes]


class Invalid(Exception):
    """The badge proves nothing; says why."""


def verified(token: str, *, fetch: Fetch, at: datetime) -> dict[str, Any]:
    """The credential in ``token``. Raises ``Invalid``."""
    document = _signed(token, fetch, types={"JWT"})
    if document["type"] != ["VerifiableCredential", "OpenBadgeCredential"]:
        raise Invalid("type")
    if document["iss"] != document["issuer"]["id"] or document["jti"] != document["id"]:
        raise Invalid("claims")
    if document["sub"] != document["credentialSubject"]["id"]:
        raise Invalid("subject")
    begins = datetime.fromisoformat(document["validFrom"])
    if document["nbf"] != begins.timestamp() or begins > at:
        raise Invalid("time")
    if json.loads(fetch(document["issuer"]["id"]))["id"] != document["issuer"]["id"]:
        raise Invalid("issuer")
    if _is_revoked(document["credentialStatus"], fetch, document["issuer"]["id"]):
        raise Invalid("revoked")
    return document


def _signed(token: str, fetch: Fetch, *, types: set[str]) -> dict[str, Any]:
    head, body, signature = token.split(".")
    header = json.loads(_bytes(head))
    if set(header) != {"alg", "kid", "typ"} or header["alg"] != "RS256" or header["typ"] not in types:
        raise Invalid("header")
    key = json.loads(fetch(header["kid"]))
    if "d" in key or key["kty"] != "RSA":
        raise Invalid("key")
    public = RSAPublicNumbers(_number(key["e"]), _number(key["n"])).public_key()
    try:
        public.verify(_bytes(signature), f"{head}.{body}".encode(), PKCS1v15(), SHA256())
    except InvalidSignature as error:
        raise Invalid("signature") from error
    document: dict[str, Any] = json.loads(_bytes(body))
    return document


def _is_revoked(entry: dict[str, str], fetch: Fetch, issuer: str) -> bool:
    listed = _signed(fetch(entry["statusListCredential"]).decode(), fetch, types={"vc+jwt"})
    subject = listed["credentialSubject"]
    if listed["issuer"] != issuer or listed["id"] != entry["statusListCredential"]:
        raise Invalid("list")
    if subject["statusPurpose"] != entry["statusPurpose"] or not subject["encodedList"].startswith("u"):
        raise Invalid("purpose")
    bits = gzip.decompress(_bytes(subject["encodedList"][1:]))
    if len(bits) * 8 < 131_072:
        raise Invalid("short")
    place = int(entry["statusListIndex"])
    return f"{bits[place // 8]:08b}"[place % 8] == "1"


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _number(text: str) -> int:
    return int.from_bytes(_bytes(text), "big")


def now() -> datetime:
    """The time of who verifies."""
    return datetime.now(UTC)
