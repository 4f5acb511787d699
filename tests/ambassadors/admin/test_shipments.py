"""Addresses and reports in the admin: who packs opens an address, that is kept, and nobody else reads it anywhere."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from ambassadors.models import Address, Disclosed, Shipment
from community.models import Member, Role
from community.registry import registry
from tests import factories
from tests.ambassadors import parcels
from tests.staff import browser, manager, superuser

pytestmark = pytest.mark.django_db
SECRETS = ("Deich 3", "28195")


def staff(*permissions: str) -> Member:
    """Somebody who may enter the admin and do just this."""
    made = factories.member("Ole Lager", is_staff=True)
    made.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return made


PEOPLE: dict[str, Callable[[], Member | None]] = {
    "stranger": lambda: None,
    "member": lambda: factories.member("Lena Sommer"),
    "ambassador": lambda: factories.ambassador("Aylin Demir"),
    "agent": lambda: factories.member("Ben Okafor", Role.AGENT),
    "staff": staff,
    "staff who sees shipments": lambda: staff("view_shipment", "view_report", "view_disclosed"),
    "staff who moves shipments": lambda: staff("view_shipment", "change_shipment"),
    "packer": lambda: staff("view_shipment", "pack_shipment"),
    "manager": manager,
    "superuser": superuser,
}
PACKERS = ("packer", "manager", "superuser")


@pytest.fixture
def shipment() -> Shipment:
    return parcels.parcel(parcels.participant(parcels.running("shipping", title="Quiet")))


def opened(body: bytes) -> bool:
    return any(secret in body.decode() for secret in SECRETS)


@pytest.mark.parametrize("who", PEOPLE)
def test_who_opens_an_address(who: str, shipment: Shipment) -> None:
    somebody = PEOPLE[who]()
    answer = browser(somebody).post(reverse("admin:ambassadors_shipment_address", args=[shipment.pk]))

    may = who in PACKERS
    assert (answer.status_code == 200, opened(answer.content)) == (may, may)
    looks = list(Disclosed.objects.values_list("member", "by", "what"))
    assert looks == ([(shipment.tester.member_id, somebody.pk, "address")] if may and somebody else [])


@pytest.mark.parametrize("who", PEOPLE)
def test_who_makes_labels(who: str, shipment: Shipment) -> None:
    answer = browser(PEOPLE[who]()).post(
        reverse("admin:ambassadors_shipment_changelist"),
        {"action": "print_labels", "_selected_action": [shipment.pk]},
    )
    may = who in PACKERS
    assert (answer.get("Content-Type", "").startswith("text/csv"), opened(answer.content)) == (may, may)
    assert Disclosed.objects.count() == int(may)


def test_opening_takes_a_deed_not_a_link(shipment: Shipment) -> None:
    answer = browser(superuser()).get(reverse("admin:ambassadors_shipment_address", args=[shipment.pk]))
    assert (answer.status_code, Disclosed.objects.count()) == (405, 0)


@pytest.mark.parametrize("state", ["delivered", "returned", "cancelled"])
def test_not_even_who_packs_opens_what_nobody_needs(state: str, shipment: Shipment) -> None:
    Shipment.objects.update(state=state)
    answer = browser(superuser()).post(reverse("admin:ambassadors_shipment_address", args=[shipment.pk]), follow=True)
    assert (opened(answer.content), Disclosed.objects.count()) == (False, 0)


def test_no_page_of_the_admin_shows_it(shipment: Shipment) -> None:
    client = browser(superuser())
    client.post(reverse("admin:ambassadors_shipment_address", args=[shipment.pk]))
    parcels.reported(parcels.participant(shipment.tester.test, factories.member("Felix Brandt")))
    names = {model._meta.model_name for model in admin.site._registry}
    assert names & {"address", "reportphoto"} == set()
    seen = []
    for model, page in admin.site._registry.items():
        if model._meta.app_label != "ambassadors" and model._meta.model_name not in {"member", "activity", "letter"}:
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        paths = [reverse(f"{name}_changelist")]
        if page.search_fields:
            paths.append(f"{paths[0]}?q=Deich")
        for row in model._default_manager.all()[:3]:
            paths += [reverse(f"{name}_change", args=[row.pk]), reverse(f"{name}_history", args=[row.pk])]
        for path in paths:
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert not opened(answer.content), path
            seen.append(path)
    assert len(seen) > 20
    test = shipment.tester.test
    for name in ("evaluation", "answers"):
        answer = client.get(reverse(f"admin:ambassadors_report_{name}", args=[test.pk]))
        assert (answer.status_code, opened(answer.content)) == (200, False)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_of_the_site_shows_it_to_others(who: str, shipment: Shipment) -> None:
    client, slug = browser(PEOPLE[who]()), shipment.tester.test.slug
    member = shipment.tester.member
    for path in (
        f"/product-tests/{slug}/mine/",
        f"/product-tests/{slug}/report/",
        f"/product-tests/{slug}/",
        "/product-tests/",
        "/search/?q=Deich",
        member.get_absolute_url(),
        f"/api/v1/product-tests/{shipment.tester.test_id}/report/",
        f"/api/v1/members/{member.handle}/",
    ):
        assert not opened(client.get(path).content), path


def test_the_tester_reads_it_as_long_as_it_is_there(shipment: Shipment) -> None:
    client, path = browser(shipment.tester.member), f"/product-tests/{shipment.tester.test.slug}/mine/"
    assert opened(client.get(path).content)
    assert Disclosed.objects.count() == 0
    Shipment.objects.update(state="delivered")
    Address.objects.get().delete()
    assert not opened(client.get(path).content)


def test_neither_logs_nor_the_export_hold_it(shipment: Shipment, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    parcels.parcel(shipment.tester)
    browser(superuser()).post(reverse("admin:ambassadors_shipment_address", args=[shipment.pk]))
    client = browser(shipment.tester.member)
    client.post(f"/product-tests/{shipment.tester.test.slug}/mine/address/", {"address": "Mara\nDeich 3\n28195 Bremen"})
    assert not opened(caplog.text.encode())


def test_the_looks_stand_on_the_testers_page_and_in_the_export(shipment: Shipment) -> None:
    ada = superuser()
    browser(ada).post(reverse("admin:ambassadors_shipment_address", args=[shipment.pk]))
    page = browser(shipment.tester.member).get(f"/product-tests/{shipment.tester.test.slug}/mine/").content.decode()
    assert ada.display_name in page
    kinds = {kind.name for kind in registry.personal_data}
    assert {"looks_at_my_data", "sample_addresses", "samples_sent", "test_reports"} <= kinds


def test_a_manager_sends_a_parcel_and_says_that_it_arrived(shipment: Shipment) -> None:
    client = browser(manager())
    path = reverse("admin:ambassadors_shipment_change", args=[shipment.pk])

    client.post(path, {"deed": "send", "carrier": "dhl", "tracking": "0034 0434", "reason": ""})
    shipment.refresh_from_db()
    assert (shipment.state, shipment.carrier, shipment.tracking) == ("sent", "dhl", "00340434")
    client.post(path, {"deed": "arrive", "reason": ""})
    shipment.refresh_from_db()
    assert shipment.state == "delivered"


def test_a_lost_parcel_without_a_reason_stays_where_it_was(shipment: Shipment) -> None:
    sent = parcels.sent(parcels.participant(shipment.tester.test, factories.member("Felix Brandt")))
    client = browser(manager())
    answer = client.post(
        reverse("admin:ambassadors_shipment_change", args=[sent.pk]), {"deed": "lose", "reason": ""}, follow=True
    )
    sent.refresh_from_db()
    assert (sent.state, "Say why" in answer.content.decode()) == ("sent", True)


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 302), ("member", 302), ("staff", 403), ("manager", 200), ("superuser", 200)]
)
def test_who_reads_an_evaluation(who: str, status: int, shipment: Shipment) -> None:
    client, test = browser(PEOPLE[who]()), shipment.tester.test
    for path in (
        reverse("admin:ambassadors_report_evaluations"),
        reverse("admin:ambassadors_report_evaluation", args=[test.pk]),
        reverse("admin:ambassadors_report_answers", args=[test.pk]),
    ):
        assert client.get(path).status_code == status, path


def test_a_manager_evaluates_and_publishes() -> None:
    test = parcels.running("testing", title="Quiet", slug="quiet")
    asked = parcels.question(test, label_de="Wie laut?", label_en="How loud?")
    parcels.reported(parcels.participant(test), answers={asked.name: 0}, title="=SUM(A1)")
    type(test).objects.update(state="evaluating")
    client = browser(manager())
    path = reverse("admin:ambassadors_report_evaluation", args=[test.pk])

    page = client.get(path)
    assert json.loads(page.context["stars_chart"]["data"])["datasets"][0]["data"] == [0, 1, 0, 0, 0]
    table = client.get(reverse("admin:ambassadors_report_answers", args=[test.pk])).content.decode()
    assert "'=SUM(A1)" in table
    assert "Mara" not in table
    client.post(path, {"german": "Gut.", "english": "Good."})
    assert browser(None).get("/product-tests/quiet/results/").status_code == 200


def test_a_reader_of_reports_publishes_nothing() -> None:
    test = parcels.running("evaluating")
    client = browser(staff("view_report"))
    path = reverse("admin:ambassadors_report_evaluation", args=[test.pk])
    assert client.post(path, {"german": "Gut.", "english": "Good."}).status_code == 403
    assert not hasattr(test, "findings")


def test_a_report_is_read_and_not_changed() -> None:
    one = parcels.reported(parcels.participant(parcels.running("testing")))
    page = browser(manager()).get(reverse("admin:ambassadors_report_change", args=[one.pk]))
    assert (page.status_code, "Quiet at six" in page.content.decode()) == (200, True)
