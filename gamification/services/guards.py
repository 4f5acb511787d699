"""Guards: whose deeds do not count, said in the journal when they are done, and what the nightly search looks for."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Subquery

from community.models import Member
from gamification.models import Guard

#: The fact under which the journal keeps why a deed does not count.
WEIGHTLESS = "weightless"
UNVERIFIED = "unverified"
NEWCOMER = "newcomer"


def current() -> Guard:
    """What managers set, or what holds as long as nobody has."""
    return Guard.objects.first() or Guard(pk=1)


def store(*, guard: Guard) -> None:
    """Keep what a manager set. It concerns what is done from now on; the journal keeps what held before."""
    guard.pk = 1
    guard.save()


def weightless(actor: Member, at: datetime) -> str | None:
    """Why a deed of ``actor`` does not count, if so.

    Nobody earns trust without having come in by a verified address, so only those without any are asked about.
    """
    if actor.trust:
        return None
    verified, hours = (
        Member.objects.filter(pk=actor.pk)
        .values_list(
            Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)),
            Subquery(Guard.objects.order_by("pk").values("newcomer_hours")[:1]),
        )
        .get()
    )
    if not verified:
        return UNVERIFIED
    return NEWCOMER if hours and at < actor.joined_at + timedelta(hours=hours) else None
