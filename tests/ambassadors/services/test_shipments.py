"""Shipments: every way that the machine allows and no other, what the tester is told, what arrives with the sample."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from ambassadors.machines import SHIPMENT
from ambassadors.models import Address, Move, Shipment, Tester
from ambassadors.services import addresses, moves, shipments
from community.models import Member, Notification, Review, Sample
from community.services import reviews
from tests import factories
from tests.ambassadors import parcels

pytestmark = pytest.mark.django_db
Deed = Callable[[Shipment, Member, datetime], None]

DEEDS: dict[str, Deed] = {
    "sent": lambda one, by, at: shipments.send(shipment=one, by=by, carrier="dpd", at=at),
    "delivered": lambda one, by, at: shipments.arrive(shipment=one, by=by, at=at),
    "lost": lambda one, by, at: shipments.lose(shipment=one, by=by, reason="No trace since Tuesday.", at=at),
    "preparing": lambda one, by, at: shipments.pack_again(shipment=one, by=by, at=at),
    "returned": lambda one, by, at: shipments.come_back(shipment=one, by=by, at=at),
    "cancelled": lambda one, by, at: shipments.cancel(shipment=one, by=by, reason="Broken on the shelf.", at=at),
}


@pytest.fixture
def clara() -> Member:
    return factories.member("Clara Holm")


@pytest.fixture
def mara() -> Tester:
    return parcels.participant(parcels.running("shipping"))


@pytest.mark.parametrize("before", Shipment.State.values)
def test_each_state_is_left_as_the_machine_says_and_in_no_other_way(before: str, mara: Tester, clara: Member) -> None:
    shipment = parcels.parcel(mara)
    went = set()
    for after, deed in DEEDS.items():
        Shipment.objects.update(state=before)
        known = Move.objects.count()
        one = Shipment.objects.select_related("tester__member", "tester__test__product").get()
        parcels.keep_address(mara)
        try:
            deed(one, clara, timezone.now())
        except moves.NotPossible:
            assert (Shipment.objects.get().state, Move.objects.count()) == (before, known)
        else:
            went.add(after)
            move = Move.objects.order_by("-id")[0]
            assert (move.kind, move.subject_id, move.before, move.after) == ("shipment", shipment.pk, before, after)
            assert (move.by, Shipment.objects.get().state, Move.objects.count()) == (clara, after, known + 1)

    assert went == SHIPMENT.moves[before]


def test_a_lost_parcel_needs_a_reason(mara: Tester, clara: Member) -> None:
    shipment = parcels.sent(mara)
    with pytest.raises(moves.ReasonMissing):
        shipments.lose(shipment=shipment, by=clara, reason=" ", at=timezone.now())
    assert Shipment.objects.get().state == "sent"


@pytest.mark.parametrize("state", ["drawing", "evaluating", "closed", "cancelled"])
def test_nothing_is_sent_before_and_after_its_time(state: str, mara: Tester, clara: Member) -> None:
    shipment = parcels.parcel(mara)
    shipment.tester.test.state = state
    with pytest.raises(shipments.NotSending):
        shipments.send(shipment=shipment, by=clara, carrier="dhl", at=timezone.now())
    assert Shipment.objects.get().state == "preparing"


@pytest.mark.parametrize(
    ("carrier", "tracking", "refusal"),
    [("", "1", shipments.NoCarrier), ("owl", "1", shipments.NoCarrier), ("dhl", "1" * 61, shipments.BadTracking)],
)
def test_the_tester_has_to_know_who_brings_it(
    mara: Tester, clara: Member, carrier: str, tracking: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        shipments.send(shipment=parcels.parcel(mara), by=clara, carrier=carrier, tracking=tracking, at=timezone.now())
    assert Shipment.objects.get().state == "preparing"


def test_nothing_is_sent_to_nowhere(mara: Tester, clara: Member) -> None:
    shipment = parcels.parcel(mara)
    addresses.forget(Address.objects.all())
    with pytest.raises(addresses.NoAddress):
        shipments.send(shipment=shipment, by=clara, carrier="dhl", at=timezone.now())


def test_the_tester_is_told_and_can_follow_it(mara: Tester) -> None:
    shipment = parcels.sent(mara)

    told = Notification.objects.get(member=mara.member)
    assert (told.kind, told.facts["carrier"], told.facts["tracking"]) == ("test.sent", "DHL", "00340434161094042557")
    assert shipment.tracking_url.endswith("piececode=00340434161094042557")


def test_with_the_sample_comes_the_label_that_the_test_named(clara: Member) -> None:
    one = parcels.participant(parcels.running("shipping", disclosure="test"))
    parcels.arrived(one)

    sample = Sample.objects.get()
    assert (sample.member, sample.product, sample.disclosure) == (one.member, one.test.product, "test")


def test_a_review_that_is_there_already_is_labelled(mara: Tester) -> None:
    review = factories.review(mara.test.product, mara.member)
    assert review.disclosure == ""

    parcels.arrived(mara)

    review = Review.objects.get()
    assert review.disclosure == "free"
    with pytest.raises(reviews.DisclosureStands):
        reviews.edit(
            review=review,
            by=mara.member,
            content=reviews.Content(stars=5, title="Mine", body="Bought it myself."),
            disclosure="",
            at=timezone.now(),
        )


def test_another_parcel_goes_out_for_a_lost_one(mara: Tester, clara: Member) -> None:
    shipment, now = parcels.sent(mara), timezone.now()
    shipments.lose(shipment=shipment, by=clara, reason="The lorry burnt.", at=now)
    shipments.pack_again(shipment=shipment, by=clara, at=now)

    again = Shipment.objects.get()
    assert (again.state, again.carrier, again.tracking, again.sent_at) == ("preparing", "", "", None)
    told = Notification.objects.filter(member=mara.member).order_by("id").values_list("kind", flat=True)
    assert list(told) == ["test.sent", "test.lost"]
