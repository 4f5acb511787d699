"""Reports over the API: once, whole, with its label, and nobody's but the tester's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from ambassadors.models import Report, Tester
from community.models import Member, Review
from tests import factories
from tests.ambassadors import parcels
from tests.staff import manager

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]


@pytest.fixture
def mara() -> Tester:
    one = parcels.participant(parcels.running("testing"))
    parcels.arrived(one)
    return one


def path(tester: Tester) -> str:
    return f"/api/v1/product-tests/{tester.test_id}/report/"


def test_before_anything_is_written_it_says_what_is_asked(mara: Tester, api_for: ApiFor) -> None:
    asked = parcels.question(mara.test)
    told = api_for(mara.member).get(path(mara)).json()
    assert told["questions"] == [
        {
            "id": asked.pk,
            "kind": "choice",
            "label": "How loud is it?",
            "hint": "",
            "options": ["Quieter", "The same", "Louder"],
            "required": True,
        }
    ]
    assert (told["test"], told["stars"], told["submitted_at"], told["review"]) == (mara.test_id, None, None, None)
    assert Report.objects.count() == 0


def test_a_draft_then_the_report_once(mara: Tester, api_for: ApiFor) -> None:
    asked = parcels.question(mara.test)
    api = api_for(mara.member)
    draft = api.post(path(mara), {"stars": 2, "submit": False}, format="json")
    assert (draft.status_code, draft.json()["stars"], draft.json()["submitted_at"]) == (200, 2, None)

    whole: dict[str, Any] = {**parcels.SAID, "pros": ["Quiet"], "answers": {str(asked.pk): 0}}
    answers = [api.post(path(mara), whole, format="json", HTTP_IDEMPOTENCY_KEY="one") for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    review = Review.objects.get()
    assert (answers[0].json()["review"]["id"], answers[0].json()["review"]["disclosure"]) == (review.pk, "free")

    again = api.post(path(mara), whole, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "report_not_open")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({**parcels.SAID, "stars": None}, "report_incomplete"),
        ({**parcels.SAID, "stars": 6}, "invalid"),
        ({**parcels.SAID, "answers": {"999999": 1}}, "report_answer_invalid"),
        ({**parcels.SAID, "answers": [1]}, "invalid"),
    ],
)
def test_what_is_refused_changes_nothing(mara: Tester, api_for: ApiFor, said: dict[str, Any], code: str) -> None:
    answer = api_for(mara.member).post(path(mara), said, format="json")
    assert answer.json()["code"] == code
    assert (Report.objects.count(), Review.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (lambda: None, 401),
        (lambda: factories.member("Lena Sommer"), 404),
        (factories.ambassador, 404),
        (manager, 404),
    ],
)
def test_it_is_nobody_elses(mara: Tester, api_for: ApiFor, who: Callable[[], Member | None], status: int) -> None:
    api = api_for(who())
    answers = [api.get(path(mara)), api.post(path(mara), parcels.SAID, format="json")]
    assert [answer.status_code for answer in answers] == [status, status]
    assert Report.objects.count() == 0


def test_without_the_sample_there_is_nothing_to_report(api_for: ApiFor) -> None:
    waits = parcels.participant(parcels.running("testing"))
    answer = api_for(waits.member).post(path(waits), parcels.SAID, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "sample_not_arrived")
