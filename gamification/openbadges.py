"""Open Badges 3.0 as plain documents: who issues, what was achieved, who achieved it, and whether it still holds.

Written after the Open Badges Specification 3.0 of 1EdTech (OB), the Verifiable Credentials Data Model 2.0 (VCDM) and
the Bitstring Status List 1.0 (BSL) of the W3C. Nothing here knows a database, a clock or a key.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

#: OB, appendix "JSON-LD Context Files", and VCDM, section 4.3: the data model's own context comes first.
CONTEXT: Final = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
#: BSL, section 6.1: a list has 131,072 places at least, so that asking for it tells little about whom one asks.
PLACES: Final = 131_072
#: How long a verifier may keep a list; BSL, section 2.2, has it in milliseconds.
FRESH_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the site answers about its badges; ``site`` has no slash at its end."""

    site: str

    @property
    def issuer(self) -> str:
        return f"{self.site}/open-badges/issuer/"

    def key(self, kid: str) -> str:
        """Where the public key is; OB, section 8.2.3: ``kid`` is dereferenced to a JWK."""
        return f"{self.site}/open-badges/keys/{kid}/"

    def achievement(self, slug: str, tier: str) -> str:
        return f"{self.site}/open-badges/{slug}/{tier}/"

    def picture(self, slug: str, tier: str) -> str:
        return f"{self.site}/open-badges/{slug}/{tier}.svg"

    def status(self, number: int) -> str:
        return f"{self.site}/open-badges/status/{number}/"

    @property
    def did(self) -> str:
        """The decentralised identifier of the site, after the did:web method: a port's colon is escaped."""
        return "did:web:" + self.site.partition("://")[2].replace(":", "%3A").replace("/", ":")


@dataclass(frozen=True, slots=True)
class Issuer:
    """The brand."""

    name: str
    description: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class Achievement:
    """A grade of a badge."""

    slug: str
    tier: str
    name: str
    description: str
    criteria: str
    language: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who earned it: the address of the profile, and the e-mail address, of which only a salted digest goes out."""

    profile: str
    name: str
    email: str
    salt: str


def profile(addresses: Addresses, issuer: Issuer) -> dict[str, Any]:
    """The issuer (OB, section B.1.16 ``Profile``)."""
    known = {
        "id": addresses.issuer,
        "type": ["Profile"],
        "name": issuer.name,
        "url": addresses.site,
        "description": issuer.description,
        "image": {"id": issuer.image, "type": "Image"} if issuer.image else None,
    }
    return {name: value for name, value in known.items() if value}


def achievement(addresses: Addresses, issuer: Issuer, earned: Achievement) -> dict[str, Any]:
    """What was achieved (OB, section B.1.1 ``Achievement``)."""
    return {
        "id": addresses.achievement(earned.slug, earned.tier),
        "type": ["Achievement"],
        "achievementType": "Badge",
        "name": earned.name,
        "description": earned.description,
        "criteria": {"narrative": earned.criteria},
        "image": {"id": addresses.picture(earned.slug, earned.tier), "type": "Image"},
        "inLanguage": earned.language,
        "creator": profile(addresses, issuer),
    }


def credential(
    addresses: Addresses,
    issuer: Issuer,
    earned: Achievement,
    recipient: Recipient,
    *,
    code: str,
    number: int,
    earned_at: datetime,
    issued_at: datetime,
) -> dict[str, Any]:
    """The badge of one member (OB, section B.1.3 ``AchievementCredential``); ``number`` is its place in the lists."""
    return {
        "@context": CONTEXT,
        "id": f"urn:uuid:{code}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": earned.name,
        "issuer": profile(addresses, issuer),
        "validFrom": moment(issued_at),
        "awardedDate": moment(earned_at),
        "credentialSubject": {
            "id": recipient.profile,
            "type": ["AchievementSubject"],
            "identifier": [identity(recipient)],
            "achievement": achievement(addresses, issuer, earned),
        },
        "credentialStatus": entry(addresses, number),
    }


def identity(recipient: Recipient) -> dict[str, Any]:
    """The e-mail address for who knows it already (OB, section B.1.10 ``IdentityObject``)."""
    digest = hashlib.sha256((recipient.email.lower() + recipient.salt).encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "identityType": "emailAddress",
        "hashed": True,
        "salt": recipient.salt,
        "identityHash": f"sha256${digest}",
    }


def entry(addresses: Addresses, number: int) -> dict[str, str]:
    """Where to look whether it was revoked (BSL, section 2.1 ``BitstringStatusListEntry``)."""
    part, place = divmod(number, PLACES)
    return {
        "id": f"{addresses.status(part)}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place),
        "statusListCredential": addresses.status(part),
    }


def status_list(addresses: Addresses, part: int, revoked: Iterable[int], *, at: datetime) -> dict[str, Any]:
    """The list that says which were revoked (BSL, section 2.2 ``BitstringStatusListCredential``)."""
    return {
        "@context": CONTEXT[:1],
        "id": addresses.status(part),
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": addresses.issuer,
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"{addresses.status(part)}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(revoked),
            "ttl": FRESH_SECONDS * 1000,
        },
    }


def encoded(revoked: Iterable[int]) -> str:
    """A bit for each place, the first bit leftmost, compressed; in base64url behind ``u`` (BSL, sections 2.2, 3.3)."""
    bits = bytearray(PLACES // 8)
    for place in revoked:
        bits[place // 8] |= 0x80 >> place % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()


def claims(document: Mapping[str, Any]) -> dict[str, Any]:
    """The payload of the token: the document itself with the registered claims (OB, section 8.2.4.1)."""
    issuer, subject = document["issuer"], document["credentialSubject"]
    return {
        **document,
        "iss": issuer if isinstance(issuer, str) else issuer["id"],
        "jti": document["id"],
        "nbf": int(datetime.fromisoformat(document["validFrom"]).timestamp()),
        "sub": subject["id"],
    }


def did_document(addresses: Addresses, keys: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The site as a decentralised identifier (did:web method, section 2.5.2), with the public keys by their ids."""
    methods = [
        {"id": f"{addresses.did}#{kid}", "type": "JsonWebKey", "controller": addresses.did, "publicKeyJwk": dict(key)}
        for kid, key in keys.items()
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": addresses.did,
        "alsoKnownAs": [addresses.issuer],
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def thumbprint(key: Mapping[str, str]) -> str:
    """The name of an RSA key, made from what it is (RFC 7638)."""
    told = json.dumps({name: key[name] for name in ("e", "kty", "n")}, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(hashlib.sha256(told.encode()).digest()).rstrip(b"=").decode()


def moment(at: datetime) -> str:
    """A time as the documents write it, to the second."""
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
