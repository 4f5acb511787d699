"""API keys of the shop's server: made once, proven by their secret or by a signature."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.crypto import get_random_string, salted_hmac

from community.models import ApiKey, SeenSignature

MARK = "kk"
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
SALT = "community.api_keys.signature"
#: How far the clock of a signature may be from ours.
FRESH = timedelta(seconds=300)
#: A use is noted this often at most: a write for every request would hold up all.
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is shown once: the key itself, and the secret for who would rather sign."""

    key: str
    signing: str


class SignatureExpired(Exception):
    """The time in the signature is too far from ours."""


class SignatureReplayed(Exception):
    """The signature was used before."""


@transaction.atomic
def create(*, name: str, scopes: Collection[str], at: datetime, secret: str | None = None) -> tuple[ApiKey, Secrets]:
    """Make a key; its secrets are returned and never again. ``secret`` is given by who must know it beforehand."""
    secret = secret or get_random_string(40, LETTERS)
    api_key = ApiKey.objects.create(
        name=name,
        prefix=prefix_of(secret),
        digest=_digest(secret),
        salt=secrets.token_hex(16),
        scopes=sorted(set(scopes) & set(ApiKey.Scope.values)),
        created_at=at,
    )
    return api_key, Secrets(written(secret), _signing_secret(api_key, settings.SECRET_KEY))


def prefix_of(secret: str) -> str:
    """The readable part of the key, which tells keys apart in the admin."""
    return hashlib.sha256(f"prefix:{secret}".encode()).hexdigest()[:8]


def written(secret: str) -> str:
    """The key as the shop sends it."""
    return f"{MARK}_{prefix_of(secret)}_{secret}"


@transaction.atomic
def change(*, api_key: ApiKey, name: str, scopes: Collection[str], is_active: bool) -> None:
    """Rename a key, let it do something else or switch it off; its secrets stay."""
    api_key.name, api_key.is_active = name, is_active
    api_key.scopes = sorted(set(scopes) & set(ApiKey.Scope.values))
    api_key.save(update_fields=["name", "scopes", "is_active"])


def by_key(key: str) -> ApiKey | None:
    """The active key of this text, if there is one."""
    mark, _, rest = key.partition("_")
    prefix, _, secret = rest.partition("_")
    found = ApiKey.objects.filter(prefix=prefix, is_active=True).first() if mark == MARK and prefix else None
    if found is None or not hmac.compare_digest(found.digest, _digest(secret)):
        return None
    return found


def by_signature(*, moment: int, signature: str, body: bytes, at: datetime) -> ApiKey | None:
    """The active key whose signing secret signed ``body`` at ``moment``; a signature counts once.

    Raises ``SignatureExpired`` and ``SignatureReplayed``.
    """
    if abs(at.timestamp() - moment) > FRESH.total_seconds():
        raise SignatureExpired
    signed = str(moment).encode() + b"." + body
    for api_key in ApiKey.objects.filter(is_active=True).order_by("id"):
        if any(hmac.compare_digest(sign(secret, signed), signature) for secret in _signing_secrets(api_key)):
            break
    else:
        return None
    try:
        with transaction.atomic():
            SeenSignature.objects.create(api_key=api_key, signature=signature, at=at)
    except IntegrityError as error:
        raise SignatureReplayed from error
    return api_key


def sign(secret: str, signed: bytes) -> str:
    """HMAC-SHA256 in hexadecimal digits."""
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def note_use(*, api_key: ApiKey, at: datetime) -> None:
    """Remember when the key was last used, to the minute."""
    stale = Q(last_used_at=None) | Q(last_used_at__lt=at - NOTED_EVERY)
    ApiKey.objects.filter(stale, pk=api_key.pk).update(last_used_at=at)


def forget_signatures(*, at: datetime) -> int:
    """Delete signatures that would be refused for their age anyway; returns how many."""
    return SeenSignature.objects.filter(at__lt=at - 3 * FRESH).delete()[0]


def _digest(secret: str) -> str:
    """The secret has 200 random bits, so a fast hash keeps it as well as a slow one."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _signing_secret(api_key: ApiKey, key: str) -> str:
    """Derived from the site's key, so that a copy of the database alone cannot sign."""
    return salted_hmac(SALT, api_key.salt, secret=key, algorithm="sha256").hexdigest()


def _signing_secrets(api_key: ApiKey) -> list[str]:
    return [_signing_secret(api_key, str(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
