"""Two who decide, search, appeal or take back at the same moment: one effect, and everything still adds up."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from community.models import Activity, Member
from community.services import votes
from gamification.models import Balance, HeldDeed, Hold, HoldCase
from gamification.services import hold_appeals, hold_claims, holds, issuing, watching
from tests import factories
from tests.gamification.holding import clara, found, people, thank
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)


def decide(case: HoldCase, by: Member, release: bool) -> int:
    return holds.decide(case=case, release=release, statement="Seen.", by=by, at=timezone.now())


def reputation(member: Member) -> int:
    return sum(Balance.objects.filter(member=member, currency="reputation").values_list("value", flat=True))


def test_of_many_managers_one_decides() -> None:
    case, _people = found()
    managers = [clara(f"Manager {number}") for number in range(8)]

    outcome = at_once([partial(decide, case, one, number % 2 == 0) for number, one in enumerate(managers)])

    assert (outcome.errors, outcome.answers, outcome.refusals) == ([], [2], ["decided"] * 7)
    assert Hold.objects.values("state").distinct().count() == 1
    assert differences() == []


def test_a_search_by_many_workers_accuses_each_deed_once() -> None:
    one, other = people("Tomke Brandt", "Runa Falk")
    thank(one, other, 5)
    thank(other, one, 5)
    factories.work_off()

    outcome = at_once([partial(watching.search, at=timezone.now())] * 6)

    assert outcome.errors == []
    assert sorted(len(cases) for cases in outcome.answers) == [0, 0, 0, 0, 0, 1]
    assert (HoldCase.objects.count(), HeldDeed.objects.count(), reputation(one)) == (1, 10, 0)
    assert differences() == []


def test_votes_taken_back_while_it_is_given_back_come_out_exact() -> None:
    one, other = people("Tomke Brandt", "Runa Falk")
    written = thank(one, other, 6)
    thank(other, one, 6)
    factories.work_off()
    paid = reputation(other)
    (case,) = watching.search(at=timezone.now())
    for answer in written[:3]:
        votes.cast(answer=answer, voter=one, value=0, at=timezone.now())

    outcome = at_once([partial(decide, case, clara(), True), *[factories.work_off] * 3])
    factories.work_off()

    assert (outcome.errors, reputation(other)) == ([], paid * 2 // 5)
    assert differences() == []


def test_an_appeal_beside_the_decision_is_heard_or_waits_but_is_never_lost() -> None:
    case, (one, _other) = found()
    hold = Hold.objects.get(member=one)

    outcome = at_once(
        [
            partial(decide, case, clara(), False),
            *[partial(hold_appeals.file, hold=hold, text="A kitchen.", at=timezone.now())] * 4,
        ]
    )

    assert (outcome.errors, outcome.refusals) == ([], ["appealed_already"] * 3)
    hold.refresh_from_db()
    assert HoldCase.objects.get().waiting == int(hold.answered_at is None)
    assert Activity.objects.filter(verb="hold.appealed").count() == 1
    assert differences() == []


def test_a_case_is_claimed_by_one() -> None:
    case, _people = found()
    managers = [clara(f"Manager {number}") for number in range(8)]
    outcome = at_once([partial(hold_claims.claim, case=case, by=one, at=timezone.now()) for one in managers])
    assert (outcome.errors, len(outcome.answers), outcome.refusals) == ([], 1, ["claimed"] * 7)


def test_the_first_badges_of_all_are_signed_by_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issuing, "BITS", 2048)
    outcome = at_once([partial(issuing.current, at=timezone.now())] * 6)
    assert (outcome.errors, len({signer.kid for signer in outcome.answers})) == ([], 1)
