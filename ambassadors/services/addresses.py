"""Addresses of testers: given for one test, opened only for who packs the parcel, forgotten soon after."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Address, Shipment, Tester
from ambassadors.queries import shipments as queries
from ambassadors.services import disclosures
from community import vault, words
from community.models import Member
from community.refusals import Refusal

#: What is noted where somebody looks.
LONGEST, LEAST_LINES, MOST_LINES = 400, 3, 7
#: How long an address stays when the parcel has arrived, unless the brand keeps less.
KEPT_DAYS = 14


class NotTakingPart(Refusal):
    """Only who got a seat and took it is sent anything."""

    code = "not_taking_part"
    message = _("You do not take part in this test.")


class BadAddress(Refusal):
    """No parcel arrives with this."""

    code = "bad_address"
    message = _("Write name, street, postcode and town, on three to seven lines.")
    field = "address"
    status = 422


class OnItsWay(Refusal):
    """It cannot be sent elsewhere any more."""

    code = "parcel_on_its_way"
    message = _("The parcel is on its way already. Write to the team if the address was wrong.")
    field = "address"


class NoAddress(Refusal):
    """There is none, or none any more."""

    code = "no_address"
    message = _("There is no address. The tester has not given one, or it was deleted.")


class NotNeeded(Refusal):
    """Nobody has to know it any more."""

    code = "address_not_needed"
    message = _("Nothing is to be sent here any more, so nobody has to know the address.")
    status = 403


@transaction.atomic
def put(*, tester: Tester, text: str, at: datetime) -> Shipment:
    """Keep where ``tester`` wants the sample, sealed; the parcel can be packed from now on.

    Raises ``BadAddress``, ``NotTakingPart`` and ``OnItsWay``.
    """
    lines = [line for line in map(words.line, words.lines(text).splitlines()) if line]
    if not LEAST_LINES <= len(lines) <= MOST_LINES or len("\n".join(lines)) > LONGEST:
        raise BadAddress
    # Who withdraws at this moment holds the same row.
    tester = Tester.objects.select_for_update(of=("self",)).select_related("test").get(pk=tester.pk)
    if tester.state != Tester.State.ACCEPTED or tester.test.state in queries.OVER:
        raise NotTakingPart
    Shipment.objects.get_or_create(tester=tester)
    shipment = Shipment.objects.select_for_update().get(tester=tester)
    if shipment.state not in {Shipment.State.PREPARING, Shipment.State.LOST}:
        raise OnItsWay
    sealed = vault.seal("\n".join(lines))
    Address.objects.update_or_create(tester=tester, defaults={"sealed": sealed, "given_at": at})
    return shipment


def own(tester: Tester) -> str:
    """What ``tester`` wrote, for nobody else; empty where there is none (any more)."""
    sealed = Address.objects.filter(tester=tester).values_list("sealed", flat=True).first()
    return vault.unseal(sealed) if sealed else ""


@transaction.atomic
def show(*, shipment: Shipment, by: Member, at: datetime) -> str:
    """Open the address for ``by``, who has to send the parcel, and keep that they looked.

    Raises ``NotNeeded`` where it is not under way (any more), and ``NoAddress``.
    """
    if not queries.is_needed(shipment):
        raise NotNeeded
    text = own(shipment.tester)
    if not text:
        raise NoAddress
    disclosures.note(
        member=shipment.tester.member, what=disclosures.ADDRESS, subject=("shipment", shipment.pk), by=by, at=at
    )
    return text


@transaction.atomic
def exported(member: Member, at: datetime) -> list[dict[str, object]]:
    """The addresses of ``member`` for the file that they asked for; each that is opened is kept."""
    rows = []
    for kept in Address.objects.filter(tester__member=member).select_related("tester").order_by("pk"):
        disclosures.note_export(member=member, what=disclosures.ADDRESS, subject=("tester", kept.tester_id), at=at)
        rows.append({"test": kept.tester.test_id, "given_at": kept.given_at, "address": vault.unseal(kept.sealed)})
    return rows


def forget_needless() -> int:
    """Forget the addresses of tests that are over and of testers who left; return how many."""
    rows = queries.needless()
    count = rows.count()
    forget(rows)
    return count


@transaction.atomic
def forget(rows: QuerySet[Address]) -> None:
    """Delete addresses, and with them the number under which a carrier tells where the parcel went."""
    testers = list(rows.values_list("tester_id", flat=True))
    Shipment.objects.filter(tester__in=testers).exclude(state__in=Shipment.UNDER_WAY).update(tracking="")
    Address.objects.filter(tester__in=testers).delete()


def drop(*, tester: Tester) -> None:
    """Forget the address of somebody who leaves before anything was sent, and that there was something to pack."""
    Address.objects.filter(tester=tester).delete()
    Shipment.objects.filter(tester=tester, state=Shipment.State.PREPARING).delete()
