"""Open badges: the key that signs them, made once and kept sealed, and the files that members take away."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext

from community import vault
from community.links import absolute
from community.models import Member
from community.services import brands
from gamification import openbadges
from gamification.models import Award, Credential, Grade, IssuerKey
from gamification.openbadges import Achievement, Addresses, Issuer, Recipient
from gamification.queries import credentials
from gamification.words import how_often

BITS = 3072


@dataclass(frozen=True, slots=True)
class Signer:
    """The private key and the id of its public part."""

    kid: str
    key: RSAPrivateKey


@transaction.atomic
def issue(*, award: Award, at: datetime) -> str:
    """The signed badge of an award. Taken away again it is the same one, signed anew."""
    made, _created = Credential.objects.get_or_create(
        member_id=award.member_id,
        grade_id=award.grade_id,
        activity_id=award.activity_id,
        defaults={"earned_at": award.at, "issued_at": at.replace(microsecond=0)},
    )
    member = award.member
    with translation.override(member.language):
        document = openbadges.credential(
            addresses(),
            issuer(),
            achievement(award.grade, member.language),
            _recipient(member),
            code=str(made.code),
            number=made.pk,
            earned_at=made.earned_at,
            issued_at=made.issued_at,
        )
    return sign(document, kind="JWT", at=at)


def status(*, part: int, at: datetime) -> str:
    """The signed list of what was revoked among the badges of one part."""
    revoked = [pk % openbadges.PLACES for pk in credentials.revoked(part)]
    return sign(openbadges.status_list(addresses(), part, revoked, at=at), kind="vc+jwt", at=at)


def sign(document: dict[str, Any], *, kind: str, at: datetime) -> str:
    """A document as a compact JWS by RS256 (OB, section 8.2.3: no header but these three)."""
    signer = current(at=at)
    header = {"kid": addresses().key(signer.kid), "typ": kind}
    return jwt.encode(openbadges.claims(document), signer.key, algorithm="RS256", headers=header)


def current(*, at: datetime) -> Signer:
    """The key that signs: that of the environment, else the stored one, made at its first use."""
    if settings.BADGE_KEY:
        key = _loaded(settings.BADGE_KEY.replace("\\n", "\n"))
        return Signer(_keep(key, sealed="", at=at), key)
    stored = IssuerKey.objects.filter(is_active=True).exclude(sealed="").first()
    if stored is None:
        key = generate_private_key(public_exponent=65537, key_size=BITS)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        try:
            with transaction.atomic():
                return Signer(_keep(key, sealed=vault.seal(pem), at=at), key)
        except IntegrityError:
            # Another process made one at the same moment.
            stored = IssuerKey.objects.get(is_active=True)
    return Signer(stored.kid, _loaded(vault.unseal(stored.sealed)))


def addresses() -> Addresses:
    """Where the site answers."""
    return Addresses(settings.PUBLIC_URL)


def issuer() -> Issuer:
    """The brand as it stands behind its badges."""
    brand = brands.current()
    logo = brand.logo.url if brand.logo else ""
    return Issuer(brand.name, brand.tagline or brand.promise, absolute(logo) if logo else "")


def achievement(grade: Grade, language: str) -> Achievement:
    """A grade in the language that is active, which is ``language``."""
    badge = grade.badge
    criteria = gettext("Earned by %(deeds)s.") % {"deeds": how_often(badge.metric, grade.threshold)}
    name = f"{badge.name} · {grade.get_tier_display()}"
    return Achievement(badge.slug, grade.tier, name, badge.description, criteria, language)


def _recipient(member: Member) -> Recipient:
    profile = absolute(member.get_absolute_url())
    return Recipient(profile, member.display_name, member.email, secrets.token_hex(8))


def _keep(key: RSAPrivateKey, *, sealed: str, at: datetime) -> str:
    """Keep the public part served for as long as anything was signed by it; return its id."""
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    public = {name: public[name] for name in ("kty", "n", "e")}
    kid = openbadges.thumbprint(public)
    told = {**public, "alg": "RS256", "use": "sig", "kid": kid}
    if not IssuerKey.objects.filter(kid=kid, is_active=True).exists():
        former = IssuerKey.objects.filter(is_active=True)
        # A made key takes the place of the environment's only: of two that are made at once, the first one stays.
        (former.filter(sealed="") if sealed else former).update(is_active=False)
        known = {"public": told, "is_active": True}
        IssuerKey.objects.update_or_create(
            kid=kid, defaults=known, create_defaults={**known, "sealed": sealed, "made_at": at}
        )
    return kid


def _loaded(pem: str) -> RSAPrivateKey:
    key = load_pem_private_key(pem.encode(), None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("BADGE_KEY must be an RSA key.")
    return key
