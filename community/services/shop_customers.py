"""Customers of the shop: taken in from its server and linked to the member who has verified their address."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from community.models import Member, ShopCustomer
from community.services import ownerships, shop_turns

SALT = "community.shop_customers"


@transaction.atomic
def receive(*, ref: str, email: str | None, told_at: datetime, at: datetime) -> ShopCustomer:
    """Take in what the shop says of a customer; ``email`` is empty where there is none (any more).

    ``told_at`` is the shop's time: what is older than what is known changes nothing.
    """
    shop_turns.take()
    customer = known(ref)
    hear(customer=customer, email=email or "", told_at=told_at, at=at)
    return customer


def known(ref: str) -> ShopCustomer:
    """The customer of that number; one that nobody has spoken of yet is noted without an address."""
    return ShopCustomer.objects.get_or_create(ref=ref)[0]


def hear(*, customer: ShopCustomer, email: str, told_at: datetime, at: datetime) -> None:
    """Keep the newer of two addresses and link who has verified it. Runs in the shop's turn."""
    digest = _digest(email, settings.SECRET_KEY) if email else ""
    if customer.email_at and (told_at, digest) <= (customer.email_at, customer.email_digest):
        return
    same = digest == customer.email_digest
    customer.email_digest, customer.email_at = digest, told_at
    former = customer.member_id
    if not same:
        customer.member = _who_verified(email)
        customer.linked_at = at if customer.member_id else None
    customer.save(update_fields=["email_digest", "email_at", "member", "linked_at"])
    if former != customer.member_id:
        ownerships.refresh(members={pk for pk in (former, customer.member_id) if pk})


@transaction.atomic
def link(*, member: Member, at: datetime) -> int:
    """Link every customer whose address ``member`` has verified; returns how many are new.

    Who verifies an address is who reads its mail, so a former holder's link moves along.
    """
    shop_turns.take()
    customers = list(_of_others(member).order_by("id"))
    if not customers:
        return 0
    concerned = {customer.member_id for customer in customers if customer.member_id} | {member.pk}
    ShopCustomer.objects.filter(pk__in=[c.pk for c in customers]).update(member=member, linked_at=at)
    ownerships.refresh(members=concerned)
    return len(customers)


def waits_for(member: Member) -> bool:
    """Whether ``link`` would find something; for whoever would otherwise take a turn for nothing."""
    return _of_others(member).exists()


def _of_others(member: Member) -> QuerySet[ShopCustomer]:
    """Customers under an address that ``member`` has verified, but linked to nobody or to somebody else."""
    addresses = EmailAddress.objects.filter(user=member, verified=True).values_list("email", flat=True)
    digests = {_digest(email, key) for email in addresses for key in _keys()}
    return ShopCustomer.objects.filter(Q(member=None) | ~Q(member=member), email_digest__in=digests)


def _who_verified(email: str) -> Member | None:
    if not email:
        return None
    address = EmailAddress.objects.filter(email__iexact=email.strip(), verified=True).select_related("user").first()
    return address.user if address else None


def _digest(email: str, key: str) -> str:
    """Name an address without keeping it: nobody without the site's key can try addresses against it."""
    return salted_hmac(SALT, email.strip().lower(), secret=key, algorithm="sha256").hexdigest()


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
