"""Events in the admin, as a community manager works there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ambassadors.models import BrandEvent
from community.models import Member, Role
from tests import factories, staff
from tests.ambassadors import event_world as world

pytestmark = pytest.mark.django_db

FORM = {
    "title_de": "Verkostung", "title_en": "Cupping", "summary_de": "Acht Kaffees", "summary_en": "Eight coffees",
    "slug": "cupping", "time_zone": "Europe/Berlin", "capacity": "12", "audience": "all", "min_level": "0",
    "starts_at_0": "2027-03-28", "starts_at_1": "18:00", "ends_at_0": "2027-03-28", "ends_at_1": "20:00",
    "opens_at_0": "2027-03-01", "opens_at_1": "09:00", "closes_at_0": "2027-03-27", "closes_at_1": "12:00",
    "is_public": "on", "registrations-TOTAL_FORMS": "0", "registrations-INITIAL_FORMS": "0", "reason": "",
}  # fmt: skip
ADD = "/admin/ambassadors/brandevent/add/"


def test_times_are_those_of_the_events_own_zone_on_both_sides_of_the_change() -> None:
    answer = staff.browser(staff.manager()).post(ADD, FORM)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    event = BrandEvent.objects.get()
    assert (event.closes_at, event.starts_at) == (
        datetime(2027, 3, 27, 11, tzinfo=UTC),
        datetime(2027, 3, 28, 16, tzinfo=UTC),
    )
    assert event.host.display_name == "Clara Holm"


@pytest.mark.parametrize(
    "change",
    [
        {"closes_at_0": "2027-04-01"},
        {"ends_at_1": "17:00"},
        {"audience": "level"},
        {"min_level": "3"},
        {"capacity": "0"},
        {"opens_at_0": "2027-03-28", "opens_at_1": "02:30"},
        {"time_zone": "Moon/Base"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_stored(change: dict[str, str]) -> None:
    answer = staff.browser(staff.manager()).post(ADD, FORM | change)
    assert (answer.status_code, BrandEvent.objects.count()) == (200, 0)


def test_a_reason_calls_it_off() -> None:
    clara = staff.browser(staff.manager())
    clara.post(ADD, FORM)
    event = BrandEvent.objects.get()
    answer = clara.post(f"/admin/ambassadors/brandevent/{event.pk}/change/", FORM | {"reason": "The roaster broke."})
    assert answer.status_code == 302
    event.refresh_from_db()
    assert (event.cancelled_at is not None, event.cancel_reason) == (True, "The roaster broke.")


def test_the_guest_list_is_no_spreadsheet_formula() -> None:
    event = world.event()
    world.register(event, factories.member("=1+1"))
    answer = staff.browser(staff.manager()).get(f"/admin/ambassadors/brandevent/{event.pk}/attendance/")
    assert "'=1+1" in answer.content.decode()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{event.slug}.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("private, no-store")


def somebody(who: str) -> Member | None:
    if who == "stranger":
        return None
    return factories.member("Somebody", *([] if who == "member" else [Role(who)]))


@pytest.mark.parametrize("who", ["stranger", "member", "ambassador", "agent"])
@pytest.mark.parametrize("path", ["", "add/", "{pk}/change/", "{pk}/attendance/"])
def test_the_admin_of_events_is_for_managers(who: str, path: str) -> None:
    event = world.event()
    answer = staff.browser(somebody(who)).get(f"/admin/ambassadors/brandevent/{path.format(pk=event.pk)}")
    assert (answer.status_code, "/login/" in answer.headers.get("Location", "")) == (302, True)
