"""Ways around the page on which a look is kept: an address spelt otherwise, a list narrowed down by a hidden field."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ambassadors.models import Disclosed
from community.models import Member
from tests import staff
from tests.ambassadors import parcels, recruiting
from tests.ambassadors import product_tests as world

pytestmark = pytest.mark.django_db

ADMIN = "/admin/ambassadors"
SAID = "Only the cat"


def applicant() -> int:
    test = world.recruiting()
    return world.applied(test, answers={str(world.question(test).pk): SAID}).pk


def application() -> int:
    return recruiting.submitted().pk


@pytest.mark.parametrize("kind", ["tester", "application"])
@pytest.mark.parametrize("spelt", [str, "%20{}".format, "0{}".format], ids=["plain", "blank", "nought"])
def test_a_look_is_kept_however_the_address_is_spelt(kind: str, spelt: Callable[[int], str]) -> None:
    pk = applicant() if kind == "tester" else application()
    page = staff.browser(staff.manager()).get(f"{ADMIN}/{kind}/{spelt(pk)}/change/")
    looks = list(Disclosed.objects.values_list("kind", "subject_id"))
    assert (page.status_code, looks) == (200, [(kind, pk)])


@pytest.mark.parametrize("who", [staff.manager, staff.superuser])
@pytest.mark.parametrize(
    "path",
    [
        "ambassadors/tester/?answers__icontains=cat",
        "ambassadors/application/?answers__icontains=a",
        "ambassadors/application/?form__icontains=a",
        "ambassadors/shipment/?tester__address__sealed__startswith=a",
        "ambassadors/statement/?member__tax_profile__sealed__startswith=a",
        "community/member/?password__startswith=a",
        "community/dataexport/?token__startswith=a",
        "gamification/coupon/?sealed__startswith=a",
    ],
)
def test_no_list_is_narrowed_down_by_what_it_does_not_show(who: Callable[[], Member], path: str) -> None:
    applicant(), application()
    answer = staff.browser(who()).get(f"/admin/{path}")
    assert (answer.status_code, Disclosed.objects.count()) == (400, 0)


def test_no_search_no_history_and_no_completion_knows_an_answer_or_an_address() -> None:
    pk, sent = applicant(), application()
    seat = parcels.participant(parcels.running("shipping"))
    parcel = parcels.parcel(seat)
    boss = staff.browser(staff.superuser())
    for path in (
        f"tester/?q={SAID}", f"tester/{pk}/history/", f"application/{sent}/history/", "application/?q=Because",
        "shipment/?q=Deich", f"shipment/{parcel.pk}/history/", f"shipment/{parcel.pk}/change/", "move/", "disclosed/",
    ):  # fmt: skip
        page = boss.get(f"{ADMIN}/{path}")
        shown = page.content.decode().replace(f'value="{SAID}"', "").replace('value="Deich"', "")
        assert (page.status_code, "Deich 3" in shown, SAID in shown) == (200, False, False), path
    completing = boss.get("/admin/autocomplete/?app_label=ambassadors&model_name=address&field_name=tester&term=D")
    assert ("Deich" in completing.content.decode(), Disclosed.objects.count()) == (False, 0)
