"""Idempotency: the effect of a repeated request happens once, and its first response is given again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from community.models import ApiKey, IdempotencyKey, Member
from community.refusals import Refusal

KEPT = timedelta(hours=24)


class KeyReused(Refusal):
    """The same key came with another request."""

    code = "idempotency_key_reused"
    message = _("This idempotency key was already used for another request.")


def once(
    *,
    member: Member | ApiKey,
    key: str,
    fingerprint: str,
    effect: Callable[[], tuple[int, Mapping[str, object]]],
) -> tuple[int, Mapping[str, object], bool]:
    """Run ``effect`` once under ``key``; return its status and response, and whether they are a replay.

    A key belongs to ``member``, who may also be the shop's server with its API key.

    The key's row commits together with the effect, and a parallel repetition waits for it: on PostgreSQL at the
    unique constraint, on SQLite at the write lock. An effect that raises leaves the key free. Raises ``KeyReused``.
    """
    owner = {"api_key": member} if isinstance(member, ApiKey) else {"member": member}
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(**owner, key=key, fingerprint=fingerprint)
            status, response = effect()
            row.status, row.response = status, dict(response)
            row.save(update_fields=["status", "response"])
            return status, response, False
    except IntegrityError:
        stored = IdempotencyKey.objects.filter(**owner, key=key).first()
        if stored is None:
            raise
    if stored.fingerprint != fingerprint:
        raise KeyReused
    return stored.status, stored.response, True


def forget(*, at: datetime) -> int:
    """Delete keys older than a day; returns how many."""
    return IdempotencyKey.objects.filter(created_at__lt=at - KEPT).delete()[0]
