"""The programme in the admin: what Clara does with ambassadors, tiers and agreements, and what nobody does there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from ambassadors.models import Agreement, AgreementGiven, AgreementVersion, Ambassador, Move, Tier, TierChange, TierFee
from community.models import Member, Notification, Role
from tests import factories
from tests.ambassadors import programme_world as world
from tests.staff import browser, manager, returning, superuser
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
ADMIN = "/admin/ambassadors"
PAGES = ("ambassador", "tier", "agreement", "agreementgiven")


@pytest.fixture
def clara(db: None) -> Client:
    return returning(manager())


def do(client: Client, row: Ambassador, deed: str, **said: object) -> int:
    """Open the page of a deed, as people do, and send it."""
    address = f"{ADMIN}/ambassador/{row.pk}/do/{deed}/"
    assert client.get(address).status_code == 200
    return client.post(address, said).status_code


def state(row: Ambassador) -> str:
    row.refresh_from_db()
    return row.state


@pytest.mark.parametrize("page", PAGES)
def test_nobody_but_managers_comes_here(page: str) -> None:
    row = world.active()
    ben = factories.member("Ben Vogt", Role.AGENT, is_staff=True)
    for who in (None, row.member, factories.member(), ben):
        client = browser(who)
        assert client.get(f"{ADMIN}/{page}/").status_code in {302, 403}
        with unchanged():
            client.post(f"{ADMIN}/ambassador/{row.pk}/do/pause/", {"reason": "Because."})


def test_clara_pauses_goes_on_ends_and_takes_that_back(clara: Client) -> None:
    row, states = world.active(), []
    for deed, said in (
        ("pause", {"reason": "Complaints."}),
        ("resume", {"reason": "All is well again."}),
        ("leave", {"reason": "We part."}),
    ):
        assert do(clara, row, deed, **said) == 302
        states.append(state(row))
    assert states == ["paused", "active", "alumni"]
    moves = Move.objects.filter(kind="ambassador", by__isnull=False).order_by("pk")
    assert list(moves.values_list("by__display_name", "reason")) == [
        ("Clara Holm", "Complaints."),
        ("Clara Holm", "All is well again."),
        ("Clara Holm", "We part."),
    ]
    other = world.active()
    do(clara, other, "pause", reason="The wrong person.")
    assert (do(clara, other, "undo", reason="The wrong person, sorry."), state(other)) == (302, "active")


def test_what_is_not_possible_now_and_what_has_no_reason_changes_nothing(clara: Client) -> None:
    row = world.active()
    with unchanged():
        assert do(clara, row, "pause", reason="") == 422
        assert do(clara, row, "resume", reason="Now.") == 422
        assert do(clara, row, "undo", reason="Now.") == 422
        assert clara.get(f"{ADMIN}/ambassador/{row.pk}/do/promote/").status_code == 404


def test_a_tier_by_hand_is_explained_to_whom_it_is_given(clara: Client) -> None:
    row, master = world.active(), Tier.objects.get(position=3)
    with unchanged():
        assert do(clara, row, "tier", tier=master.pk, reason="") == 422
    assert do(clara, row, "tier", tier=master.pk, reason="She wrote our manual.") == 302
    row.refresh_from_db()
    change = TierChange.objects.get(ambassador=row, cause="set")
    assert (row.tier, change.by and change.by.display_name, change.reason) == (
        master,
        "Clara Holm",
        "She wrote our manual.",
    )
    assert Notification.objects.get(kind="ambassador.tier").facts["words"] == "She wrote our manual."


def test_the_file_shows_what_was_signed_and_passed(clara: Client) -> None:
    row = world.active()
    page = clara.get(f"{ADMIN}/ambassador/{row.pk}/change/").text
    assert ("Contract: version 1, signed on" in page, "Guide" in page) == (True, True)
    assert clara.get(f"{ADMIN}/ambassador/?q={row.member.handle}").status_code == 200


@pytest.mark.parametrize("who", [manager, superuser])
def test_rows_are_written_by_deeds_only(who: Callable[[], Member]) -> None:
    row = world.active()
    given = AgreementGiven.objects.get()
    client = returning(who())
    with unchanged():
        for address in (f"ambassador/{row.pk}", f"agreementgiven/{given.pk}"):
            posted = {"state": "alumni", "tier": "", "withdrawn_at_0": "2026-01-01", "withdrawn_at_1": "08:00"}
            assert client.post(f"{ADMIN}/{address}/change/", posted).status_code == 403
            assert client.post(f"{ADMIN}/{address}/delete/", {"post": "yes"}).status_code == 403
        for page in ("ambassador", "agreementgiven"):
            assert client.get(f"{ADMIN}/{page}/add/").status_code == 403


def tier_form(tier: Tier, **said: object) -> dict[str, object]:
    fees = tier.fees.order_by("pk")
    return {
        "name_de": "Guide", "name_en": "Guide", "position": tier.position, "medal": tier.medal,
        "consultations": 0, "rating": "", "window_days": 180, "window_consultations": 0, "window_rating": "",
        "validity_months": "", "grace_days": 30,
        "fees-TOTAL_FORMS": fees.count() + 1, "fees-INITIAL_FORMS": fees.count(), **said,
    }  # fmt: skip


def test_a_fee_is_added_with_its_day_and_never_changed(clara: Client) -> None:
    tier = Tier.objects.get(position=1)
    old = tier.fees.get()
    assert clara.get(f"{ADMIN}/tier/{tier.pk}/change/").status_code == 200
    posted = tier_form(
        tier,
        **{
            "fees-0-id": old.pk, "fees-0-tier": tier.pk, "fees-0-amount": "99", "fees-0-currency": "EUR",
            "fees-0-valid_from_0": "2020-01-01", "fees-0-valid_from_1": "08:00",
            "fees-1-tier": tier.pk, "fees-1-amount": "5.00", "fees-1-currency": "EUR",
            "fees-1-valid_from_0": "2027-01-01", "fees-1-valid_from_1": "08:00",
        },
    )  # fmt: skip
    assert clara.post(f"{ADMIN}/tier/{tier.pk}/change/", posted).status_code == 302
    fees = TierFee.objects.filter(tier=tier).order_by("valid_from")
    assert [(fee.amount, fee.valid_from.date()) for fee in fees] == [
        (old.amount, old.valid_from.date()),
        (Decimal("5.00"), date(2027, 1, 1)),
    ]


def agreement_form(**said: object) -> dict[str, object]:
    return {
        "key": "contract", "kind": "contract", "position": 10, "title_de": "Vertrag", "title_en": "Contract",
        "is_required": "on", "body_de": "Abgemacht.", "body_en": "Agreed.", **said,
    }  # fmt: skip


def test_other_words_are_a_new_version_and_a_contract_is_required(clara: Client) -> None:
    add = f"{ADMIN}/agreement/add/"
    for wrong in ({"is_required": ""}, {"body_en": ""}):
        with unchanged():
            assert clara.post(add, agreement_form(**wrong)).status_code == 200
    assert clara.post(add, agreement_form()).status_code == 302
    change = f"{ADMIN}/agreement/{Agreement.objects.get().pk}/change/"
    assert "Abgemacht." in clara.get(change).text
    assert clara.post(change, agreement_form(position=20)).status_code == 302
    assert clara.post(change, agreement_form(body_en="Agreed, from May on.")).status_code == 302
    rows = AgreementVersion.objects.order_by("number")
    assert list(rows.values_list("number", "body_en")) == [(1, "Agreed."), (2, "Agreed, from May on.")]
