"""Reads of shipments and of what is left of the addresses."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from ambassadors.models import Address, Disclosed, ProductTest, Shipment, Tester

State = Shipment.State
#: Here nothing is sent any more, whatever became of the parcel.
OVER = (ProductTest.State.CLOSED, ProductTest.State.CANCELLED)
#: Nobody needs an address of these.
NEEDLESS = Q(tester__test__state__in=OVER) | ~Q(tester__state__in=Tester.TAKING_PART)


def needless() -> QuerySet[Address]:
    """Addresses that have no purpose any more: the test is over, or the tester has left it."""
    return Address.objects.filter(NEEDLESS).order_by("pk")


def outlived(end: datetime) -> QuerySet[Address]:
    """Addresses whose parcel was no longer under way before ``end``, and needless ones."""
    ended = Q(tester__shipment__ended_at__lt=end) & ~Q(tester__shipment__state__in=Shipment.UNDER_WAY)
    return Address.objects.filter(ended | NEEDLESS).order_by("pk")


def with_people() -> QuerySet[Shipment]:
    """Shipments with whom and what they are for, the oldest work first."""
    return Shipment.objects.select_related("tester__member", "tester__test__product").order_by("-id")


def is_needed(shipment: Shipment) -> bool:
    """Whether somebody who sends parcels has to know where this one goes."""
    tester = shipment.tester
    under_way = shipment.state in Shipment.UNDER_WAY and tester.test.state not in OVER
    return under_way and tester.state in Tester.TAKING_PART


def to_pack(test: ProductTest) -> QuerySet[Shipment]:
    """What is to be packed for a test and has an address, in the order in which it was given."""
    rows = with_people().filter(tester__test=test, state=State.PREPARING, tester__address__isnull=False)
    return rows.select_related("tester__address").order_by("tester__address__given_at", "id")


def looks(shipment: Shipment) -> QuerySet[Disclosed]:
    """Who has seen the address of a parcel, the latest first."""
    rows = Disclosed.objects.filter(kind="shipment", subject_id=shipment.pk)
    return rows.select_related("by").order_by("-at", "-id")
