"""A new key for what is sealed: it moves to the newest of ``DATA_KEYS``, so that an old one can go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from community import vault
from gamification import codes
from gamification.models import Coupon, IssuerKey, Redemption

BATCH = 500


def rotate() -> int:
    """Seal everything anew that an older key has sealed; returns how many. May be repeated.

    Raises ``vault.Sealed`` where the key of something is not among the keys any more.
    """
    addresses = Redemption.objects.exclude(address="")
    keys = IssuerKey.objects.exclude(sealed="")
    return _each(Coupon.objects.all(), _code) + _each(addresses, _address) + _each(keys, _signing_key)


def _each(rows: QuerySet[Any], anew: Callable[[Any], bool]) -> int:
    done, last = 0, 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        with transaction.atomic():
            done += sum(anew(row) for row in batch)
        last = batch[-1].pk
    return done


def _code(coupon: Coupon) -> bool:
    if vault.is_newest(coupon.sealed):
        return False
    code = vault.unseal(coupon.sealed)
    digest = vault.digest(codes.normal(code))
    Coupon.objects.filter(pk=coupon.pk).update(sealed=vault.seal(code), digest=digest)
    return True


def _address(redemption: Redemption) -> bool:
    if vault.is_newest(redemption.address):
        return False
    # Forgotten in the meantime, it stays forgotten.
    row = Redemption.objects.filter(pk=redemption.pk, address=redemption.address)
    return bool(row.update(address=vault.reseal(redemption.address)))


def _signing_key(key: IssuerKey) -> bool:
    if vault.is_newest(key.sealed):
        return False
    IssuerKey.objects.filter(pk=key.pk).update(sealed=vault.reseal(key.sealed))
    return True
