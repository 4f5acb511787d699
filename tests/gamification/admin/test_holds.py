"""The desk of held points: who may decide, what is shown, and texts that try to be more than texts."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.models import Member, Role
from gamification.models import Guard, Hold, HoldCase
from gamification.services import hold_appeals
from tests import factories
from tests.gamification.holding import found, hold_of, people, thank
from tests.staff import browser, manager, superuser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]
LIST = "/admin/gamification/holdcase/"
DECIDE = reverse("admin:gamification_holdcase_decide")
HOSTILE = "<script>alert(1)</script>{{ 7|add:7 }}"


def decide(client: Client, case: HoldCase, *holds: Hold, verdict: str = "release", statement: str = "Fine.") -> Any:
    said = {"verdict": verdict, "statement": statement, "holds": [hold.pk for hold in holds]}
    return client.post(f"{DECIDE}?case={case.pk}", said, follow=True)


def test_the_list_shows_what_waits_and_the_file_draws_it() -> None:
    case, (one, other) = found()
    clara = browser(manager())

    listed = clara.get(LIST).content.decode()
    shown = clara.get(f"{LIST}{case.pk}/change/").content.decode()

    assert ("Votes back and forth" in listed, "Runa Falk, Tomke Brandt" in listed) == (True, True)
    assert "Two members gave to one another 6 and 6 times" in shown
    assert (shown.count("<circle"), shown.count("marker-end")) == (2, 2)
    assert all(f"/admin/community/member/{member.pk}/change/" in shown for member in (one, other))
    assert "12 deeds" in shown
    assert (shown.count(">found an answer helpful</a>"), shown.count(">held points back</a>")) == (12, 2)


def test_the_number_of_queries_does_not_grow_with_the_deeds(django_assert_num_queries: Any) -> None:
    small, _people = found(5)
    large, _people = found(15)
    clara = browser(manager())
    clara.get(LIST)
    costs = []
    for case in (small, large):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            clara.get(f"{LIST}{case.pk}/change/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_manager_gives_back_for_one_and_keeps_for_the_other() -> None:
    case, (one, other) = found()
    clara = browser(manager())

    decide(clara, case, hold_of(one))
    decide(clara, case, hold_of(other), verdict="keep", statement=HOSTILE)

    assert [hold_of(member).state for member in (one, other)] == ["released", "final"]
    shown = clara.get(f"{LIST}{case.pk}/change/").content.decode()
    assert ("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in shown, "<script>alert" in shown) == (True, False)


def test_a_decision_needs_reasons_and_somebody_it_is_about() -> None:
    case, (one, _other) = found()
    clara = browser(manager())
    for said in ({"statement": ""}, {"verdict": "perhaps"}):
        assert decide(clara, case, hold_of(one), **said).status_code == 200
    assert decide(clara, case).status_code == 200
    assert set(Hold.objects.values_list("state", flat=True)) == {"held"}


def test_several_cases_are_decided_together() -> None:
    first, _people = found()
    second, _people = found()
    clara = browser(manager())

    chosen = clara.post(LIST, {"action": "decide_chosen", "_selected_action": [first.pk, second.pk]})
    assert chosen.headers["Location"] == f"{DECIDE}?case={first.pk}&case={second.pk}"
    said = {"verdict": "release", "statement": "All friends.", "holds": list(Hold.objects.values_list("pk", flat=True))}
    clara.post(chosen.headers["Location"], said)

    assert list(HoldCase.objects.values_list("waiting", flat=True)) == [0, 0]


def test_who_decided_first_cannot_decide_the_appeal() -> None:
    case, (one, _other) = found()
    clara = browser(manager())
    decide(clara, case, *Hold.objects.all(), verdict="keep")
    hold_appeals.file(hold=hold_of(one), text=HOSTILE, at=timezone.now())

    assert "Somebody else has to decide" in decide(clara, case, hold_of(one)).content.decode()
    assert hold_of(one).state == "final"
    assert "Appealed" in clara.get(f"{LIST}?state=appealed").content.decode()
    decide(browser(superuser()), case, hold_of(one))
    assert hold_of(one).state == "released"


@pytest.mark.parametrize("who", ["stranger", "member", "ambassador", "moderator", "agent"])
def test_nobody_else_sees_or_decides_anything(who: str) -> None:
    case, (one, _other) = found()
    roles = {"ambassador": Role.AMBASSADOR, "moderator": Role.MODERATOR, "agent": Role.AGENT}
    person: Member | None = None if who == "stranger" else factories.member("Nobody", *filter(None, [roles.get(who)]))
    client = browser(person)
    for address in (LIST, f"{LIST}{case.pk}/change/", f"{LIST}add/", DECIDE, "/admin/gamification/guard/"):
        assert client.get(address).status_code == 302
    client.post(f"{DECIDE}?case={case.pk}", {"verdict": "release", "statement": "!", "holds": [hold_of(one).pk]})
    assert hold_of(one).state == "held"


def test_a_manager_holds_by_hand_and_does_not_decide_it() -> None:
    (one,) = people("Tomke Brandt")
    thank(factories.member("Runa Falk"), one, 2)
    factories.work_off()
    holder = manager()
    clara = browser(holder)

    clara.post(f"{LIST}add/", {"member": f"@{one.handle.upper()}", "giver": "", "days": 3, "note": HOSTILE})

    case = HoldCase.objects.get()
    assert (case.opened_by, case.pattern, hold_of(one).state) == (holder, "manual", "held")
    decide(clara, case, hold_of(one))
    assert hold_of(one).state == "held"
    assert "<script>alert" not in clara.get(f"{LIST}{case.pk}/change/").content.decode()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"member": "nobody-here"}, "Nobody has this handle."),
        ({"note": ""}, "This field is required."),
        ({"days": "0"}, "greater than or equal to 1"),
        ({}, "There is nothing left to hold"),
    ],
)
def test_a_hold_by_hand_is_refused_with_the_reason(said: dict[str, str], error: str) -> None:
    (one,) = people("Tomke Brandt")
    answer = browser(manager()).post(
        f"{LIST}add/", {"member": one.handle, "giver": "", "days": "3", "note": "Odd.", **said}
    )
    assert error in answer.content.decode()
    assert not HoldCase.objects.exists()


def test_a_manager_sets_the_guards_once() -> None:
    clara = browser(manager())
    said = {"newcomer_hours": 24, "is_watching": "on", "window_days": 30, "mutual": 4, "burst": 6, "young_days": 7}
    clara.post("/admin/gamification/guard/add/", said)
    clara.post("/admin/gamification/guard/1/change/", {**said, "mutual": 6})
    assert list(Guard.objects.values_list("pk", "newcomer_hours", "mutual")) == [(1, 24, 6)]
    assert clara.get("/admin/gamification/guard/add/").status_code == 403
