"""Tax data goes when nobody needs it any more, and not before everything is paid."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from ambassadors.models import Disclosed, Payout, TaxProfile
from ambassadors.queries import payouts as reading
from ambassadors.services import payout_files, payouts, tax_profiles
from community.models import Member, Role
from community.services import exports, roles
from tests import factories
from tests.ambassadors import pay_world as world

pytestmark = pytest.mark.django_db
NEXT_MONTH = world.NEXT_MONTH


def paid(payout: Payout) -> None:
    ada = factories.member("Ada Admin")
    payouts.approve(payout=payout, by=ada, at=NEXT_MONTH)
    payout_files.as_csv(payout=payout, by=ada, at=NEXT_MONTH)
    payouts.settle(payout=payout, by=ada, at=NEXT_MONTH)


def needless() -> list[Member]:
    """Whose account nobody needs after the term."""
    return [row.member for row in reading.needless_profiles(timezone.now() + timedelta(days=1))]


def test_an_account_goes_when_its_owner_has_left_and_everything_is_paid() -> None:
    mara = world.ambassador().member
    world.profile(mara)
    world.statement(mara, "20.00")
    assert needless() == []
    roles.withdraw(member=mara, role=Role.AMBASSADOR)
    assert needless() == []
    made = world.payout()
    assert needless() == []
    paid(made)
    assert needless() == [mara]
    assert list(reading.needless_profiles(world.NOW)) == []


def test_the_own_export_holds_the_account_and_that_it_was_opened() -> None:
    mara = world.ambassador().member
    world.profile(mara)
    export = exports.ask(member=mara, at=NEXT_MONTH)
    exports.finish_all(at=NEXT_MONTH)
    export.refresh_from_db()
    with exports.fetch(export=export, at=NEXT_MONTH) as file, zipfile.ZipFile(file) as archive:
        (row,) = json.loads(archive.read("tax_profile.json"))
    assert (row["iban"], row["tax_number"], row["city"]) == (world.IBAN, "60/123/45678", "Bremen")
    kept = Disclosed.objects.values_list("member", "by", "what")
    assert list(kept) == [(mara.pk, mara.pk, "tax profile")]


def test_who_is_erased_is_still_paid_and_then_forgotten() -> None:
    mara, ole = world.ambassador().member, world.ambassador("Ole Brandt").member
    for member in (mara, ole):
        world.profile(member)
    world.statement(mara, "20.00")
    for member in (mara, ole):
        tax_profiles.erase(member, NEXT_MONTH)
    assert [row.member for row in TaxProfile.objects.all()] == [mara]
    paid(world.payout())
    tax_profiles.erase(mara, NEXT_MONTH)
    assert not TaxProfile.objects.exists()
