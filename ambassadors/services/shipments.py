"""Shipments: labels, on their way, arrived, lost or back; the tester is told and the sample disclosed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Address, Move, ProductTest, Shipment
from ambassadors.services import addresses, moves, test_telling
from ambassadors.services.addresses import NoAddress
from community import sheets, words
from community.models import Member
from community.refusals import Refusal
from community.services import samples

State = Shipment.State
#: What a number to follow a parcel has at most.
LONGEST = 60
SENDING = (ProductTest.State.SHIPPING, ProductTest.State.TESTING)


class NoCarrier(Refusal):
    """The tester wants to know who brings it."""

    code = "no_carrier"
    message = _("Say who brings it.")
    field = "carrier"
    status = 422


class NotSending(Refusal):
    """Samples go out once it is certain who gets one."""

    code = "test_not_shipping"
    message = _("Samples of this test are not being sent yet, or not any more.")


class BadTracking(Refusal):
    """No carrier gives such a number."""

    code = "bad_tracking_number"
    message = _("A number to follow it has up to 60 letters, digits and signs, without blanks.")
    field = "tracking"
    status = 422


@transaction.atomic
def send(*, shipment: Shipment, by: Member, carrier: str, tracking: str = "", at: datetime) -> None:
    """Say that the parcel is on its way; the tester gets the number to follow it.

    Raises ``NotSending``, ``NoCarrier``, ``BadTracking``, ``NoAddress`` and what ``moves.make`` raises.
    """
    if shipment.tester.test.state not in SENDING:
        raise NotSending
    tracking = words.line(tracking).replace(" ", "")
    if carrier not in Shipment.Carrier.values:
        raise NoCarrier
    if len(tracking) > LONGEST or not tracking.isascii():
        raise BadTracking
    if not Address.objects.filter(tester=shipment.tester_id).exists():
        raise NoAddress
    moves.make(subject=shipment, to=State.SENT, by=by, at=at)
    _update(shipment, carrier=carrier, tracking=tracking, sent_at=at)
    test_telling.sent(shipment, at=at)


@transaction.atomic
def arrive(*, shipment: Shipment, by: Member, at: datetime) -> None:
    """Say that the tester has it: their review of it will say so, and the report is due.

    The tester says it, or a manager for them. Raises what ``moves.make`` raises.
    """
    tester = shipment.tester
    is_own = by.pk == tester.member_id
    cause = Move.Cause.TESTER_HAS_IT if is_own else Move.Cause.CARRIER_SAYS_SO
    moves.make(subject=shipment, to=State.DELIVERED, by=by, at=at, cause=cause)
    _update(shipment, delivered_at=at, ended_at=at)
    giver = tester.test.host if is_own else by
    samples.grant(member=tester.member, product=tester.test.product, by=giver, disclosure=tester.test.disclosure, at=at)
    if not is_own:
        test_telling.arrived(shipment, at=at)


@transaction.atomic
def lose(*, shipment: Shipment, by: Member, reason: str, at: datetime) -> None:
    """Say that the parcel got lost, and why we think so. Raises what ``moves.make`` raises."""
    moves.make(subject=shipment, to=State.LOST, by=by, at=at, reason=reason)
    test_telling.lost(shipment, reason=words.lines(reason), at=at)


@transaction.atomic
def pack_again(*, shipment: Shipment, by: Member, at: datetime) -> None:
    """Prepare another parcel for one that got lost. Raises what ``moves.make`` raises."""
    moves.make(subject=shipment, to=State.PREPARING, by=by, at=at)
    _update(shipment, carrier="", tracking="", sent_at=None)


@transaction.atomic
def come_back(*, shipment: Shipment, by: Member, reason: str = "", at: datetime) -> None:
    """Say that the parcel or the sample came back. Raises what ``moves.make`` raises."""
    moves.make(subject=shipment, to=State.RETURNED, by=by, at=at, reason=reason)
    _update(shipment, ended_at=at)


@transaction.atomic
def cancel(*, shipment: Shipment, by: Member | None, at: datetime, reason: str = "", cause: str = "") -> None:
    """Send nothing, and say why; the address goes at once. Raises what ``moves.make`` raises."""
    moves.make(subject=shipment, to=State.CANCELLED, by=by, at=at, reason=reason, cause=cause)
    _update(shipment, ended_at=at)
    addresses.forget(Address.objects.filter(tester=shipment.tester_id))


@transaction.atomic
def end(*, test: ProductTest, by: Member | None, reason: str = "", at: datetime) -> None:
    """A test is over: what was not sent is not sent any more, and every address of it goes."""
    waiting = Shipment.objects.filter(tester__test=test, state=State.PREPARING).select_related("tester")
    for shipment in waiting.order_by("pk"):
        cancel(shipment=shipment, by=by, reason=reason, cause=Move.Cause.TEST_OVER, at=at)
    addresses.forget(Address.objects.filter(tester__test=test))


@transaction.atomic
def forget(member: Member, at: datetime) -> None:
    """Nothing is sent to somebody who asked to be forgotten, and nobody looks for their parcel."""
    rows = Shipment.objects.filter(tester__member=member).select_related("tester").order_by("pk")
    for shipment in rows.filter(state=State.PREPARING):
        cancel(shipment=shipment, by=None, cause=Move.Cause.ACCOUNT_DELETED, at=at)
    Address.objects.filter(tester__member=member).delete()
    rows.update(tracking="")


@transaction.atomic
def labels(*, shipments: Iterable[Shipment], by: Member, at: datetime) -> str:
    """The labels of what is to be packed as CSV; each address in it counts as looked at by ``by``.

    A shipment without a need for its address is left out. Raises ``NoAddress`` where none is left.
    """
    rows = []
    for shipment in shipments:
        try:
            text = addresses.show(shipment=shipment, by=by, at=at)
        except (addresses.NotNeeded, NoAddress):
            continue
        rows.append([shipment.pk, shipment.tester.test.product.sku, *text.splitlines()])
    if not rows:
        raise NoAddress
    lines = [f"line {number}" for number in range(1, addresses.MOST_LINES + 1)]
    return sheets.table(["shipment", "sku", *lines], rows)


def _update(shipment: Shipment, **fields: object) -> None:
    for name, value in fields.items():
        setattr(shipment, name, value)
    shipment.save(update_fields=list(fields))
