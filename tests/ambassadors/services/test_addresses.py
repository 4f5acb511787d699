"""Addresses of testers: sealed, opened with a trace for who packs, gone when nobody needs them."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from ambassadors.models import Address, Disclosed, Shipment, Tester
from ambassadors.services import addresses, product_tests, shipments, testers
from community.models import Member
from community.refusals import Refusal
from community.services import erasure, exports, retention
from tests import factories
from tests.ambassadors import parcels

pytestmark = pytest.mark.django_db


@pytest.fixture
def clara() -> Member:
    return factories.member("Clara Holm")


@pytest.fixture
def mara() -> Tester:
    return parcels.participant(parcels.running("shipping"))


def test_the_database_holds_no_word_of_it(mara: Tester) -> None:
    parcels.parcel(mara)

    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM ambassadors_address")
        (sealed,) = cursor.fetchone()
    assert [word in sealed for word in ("Mara", "Deich", "Bremen")] == [False] * 3
    assert addresses.own(mara) == parcels.ADDRESS


def test_lines_are_tidied_and_may_be_written_anew_before_it_is_sent(mara: Tester) -> None:
    first = parcels.parcel(mara, address="Mara\r\n\r\n  Deich   3 \n28195 Bremen\u202e")
    second = parcels.parcel(mara, address="Mara\nDeich 4\n28195 Bremen")

    assert first == second
    assert addresses.own(mara) == "Mara\nDeich 4\n28195 Bremen"
    assert Address.objects.count() == 1


@pytest.mark.parametrize("text", ["", "Mara", "Mara\nDeich 3", "a\n" * 8, f"Mara\nDeich 3\n{'x' * 400}"])
def test_what_no_parcel_would_reach_is_refused(mara: Tester, text: str) -> None:
    with pytest.raises(addresses.BadAddress):
        parcels.parcel(mara, address=text)
    assert (Address.objects.count(), Shipment.objects.count()) == (0, 0)


@pytest.mark.parametrize("state", [state for state in Tester.State.values if state != "accepted"])
def test_only_who_takes_part_gives_one(state: str) -> None:
    somebody = parcels.participant(parcels.running("shipping"), state="applied")
    Tester.objects.filter(pk=somebody.pk).update(state=state, invited_at=timezone.now(), answer_by=timezone.now())
    with pytest.raises(addresses.NotTakingPart):
        parcels.parcel(somebody)
    assert Address.objects.count() == 0


def test_nothing_is_changed_once_it_is_on_its_way(mara: Tester) -> None:
    parcels.sent(mara)
    with pytest.raises(addresses.OnItsWay):
        parcels.parcel(mara, address="Mara\nElsewhere 1\n28195 Bremen")
    assert addresses.own(mara) == parcels.ADDRESS


def test_each_look_leaves_a_trace(mara: Tester, clara: Member) -> None:
    shipment, now = parcels.parcel(mara), timezone.now()

    assert [addresses.show(shipment=shipment, by=clara, at=now) for _twice in range(2)] == [parcels.ADDRESS] * 2
    kept = Disclosed.objects.values_list("member", "what", "kind", "subject_id", "by")
    assert list(kept) == [(mara.member_id, "address", "shipment", shipment.pk, clara.pk)] * 2


@pytest.mark.parametrize("state", Shipment.State.values)
def test_it_is_opened_only_while_a_parcel_is_to_be_sent_or_found(state: str, mara: Tester, clara: Member) -> None:
    shipment = parcels.parcel(mara)
    Shipment.objects.update(state=state)
    shipment.refresh_from_db()

    try:
        shown = addresses.show(shipment=shipment, by=clara, at=timezone.now())
    except Refusal as refusal:
        shown = refusal.code
    needed = state in {"preparing", "sent", "lost"}
    assert shown == (parcels.ADDRESS if needed else "address_not_needed")
    assert Disclosed.objects.count() == int(needed)


def test_labels_are_a_look_at_each_address_and_no_formula(mara: Tester, clara: Member) -> None:
    first = parcels.parcel(mara, address="=HYPERLINK(1)\nDeich 3\n28195 Bremen")
    second = parcels.parcel(parcels.participant(mara.test, factories.member("Lena Sommer")))
    done = parcels.arrived(parcels.participant(mara.test, factories.member("Ben Okafor")))

    told = shipments.labels(shipments=[first, second, done], by=clara, at=timezone.now())

    assert [row.split(",")[2] for row in told.splitlines()] == ["line 1", "'=HYPERLINK(1)", "Mara Lindqvist"]
    assert sorted(Disclosed.objects.values_list("subject_id", flat=True)) == [first.pk, second.pk]


def test_the_own_export_holds_the_text_and_that_it_was_opened(mara: Tester, clara: Member) -> None:
    parcels.parcel(mara)
    parcels.parcel(parcels.participant(mara.test, clara), address="Clara\nElsewhere 1\n28195 Bremen")

    (row,) = json.loads(exported(mara.member, open_at=timezone.now()).read("sample_addresses.json"))

    assert (row["test"], row["address"]) == (mara.test_id, parcels.ADDRESS)
    kept = Disclosed.objects.values_list("member", "by", "what", "kind", "subject_id")
    assert list(kept) == [(mara.member_id, mara.member_id, "address", "tester", mara.pk)]


def test_a_file_that_an_operator_writes_names_the_address_only(mara: Tester) -> None:
    parcels.parcel(mara)
    (row,) = json.loads(exported(mara.member).read("sample_addresses.json"))
    assert (set(row), Disclosed.objects.count()) == ({"tester__test_id", "given_at"}, 0)


def exported(member: Member, *, open_at: datetime | None = None) -> zipfile.ZipFile:
    """The file with everything about ``member``."""
    out = io.BytesIO()
    exports.write(member, out, open_at=open_at)
    return zipfile.ZipFile(out)


def test_without_anything_to_pack_there_is_no_file(mara: Tester, clara: Member) -> None:
    with pytest.raises(addresses.NoAddress):
        shipments.labels(shipments=[parcels.arrived(mara)], by=clara, at=timezone.now())
    assert Disclosed.objects.count() == 0


def test_it_goes_two_weeks_after_the_parcel_has_arrived(mara: Tester) -> None:
    now = timezone.now()
    parcels.arrived(mara, at=now)

    retention.purge(at=now + timedelta(days=13))
    assert addresses.own(mara) == parcels.ADDRESS
    retention.purge(at=now + timedelta(days=15))
    assert Address.objects.count() == 0
    assert Shipment.objects.get().tracking == ""


def test_it_stays_while_the_parcel_is_under_way(mara: Tester) -> None:
    now = timezone.now()
    parcels.sent(mara, at=now)
    retention.purge(at=now + timedelta(days=300))
    assert addresses.own(mara) == parcels.ADDRESS


def test_it_goes_with_the_end_of_the_test(clara: Member) -> None:
    one = parcels.participant(parcels.running("testing"))
    parcels.arrived(one)
    for step in ("evaluating", "closed"):
        product_tests.advance(test=one.test, to=step, by=clara, at=timezone.now())
    assert Address.objects.count() == 0


def test_it_goes_with_a_test_that_does_not_take_place(mara: Tester, clara: Member) -> None:
    parcels.parcel(mara)
    product_tests.cancel(test=mara.test, by=clara, reason="The prototypes leak.", at=timezone.now())
    assert Address.objects.count() == 0
    assert Shipment.objects.get().state == "cancelled"


def test_it_goes_with_who_leaves_before_anything_is_sent() -> None:
    leaving = parcels.participant(parcels.running("drawing", taken=1, applied=1))
    parcels.parcel(leaving)
    testers.withdraw(tester=leaving, at=timezone.now())
    assert (Address.objects.count(), Shipment.objects.count()) == (0, 0)


def test_the_hourly_task_finds_what_has_no_purpose(mara: Tester) -> None:
    parcels.sent(mara)
    stays = parcels.participant(parcels.running("shipping"))
    parcels.parcel(stays)
    Tester.objects.filter(pk=mara.pk).update(state="withdrawn")

    assert addresses.forget_needless() == 1
    assert list(Address.objects.values_list("tester", flat=True)) == [stays.pk]


def test_it_goes_with_the_account(mara: Tester) -> None:
    parcels.parcel(mara)
    erasure.erase(member=mara.member, by=mara.member, at=timezone.now())
    assert Address.objects.count() == 0
    assert Shipment.objects.get().state == "cancelled"
