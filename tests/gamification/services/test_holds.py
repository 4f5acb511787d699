"""Holds: out of every projection while they last, and back as if nothing had been."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.models import Activity, Letter, Member, Notification, Standing
from community.services import votes
from gamification.models import Balance, BoardScore, Entry, HeldDeed, Hold, HoldCase, Lot
from gamification.services import evaluation, hold_appeals, hold_claims, holds, watching
from tests import factories
from tests.gamification import world
from tests.gamification.holding import clara, found, hold_of, people, thank
from tests.races.crowd import differences
from tests.unchanged import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


def projections() -> dict[str, Any]:
    """Everything that follows from the ledger."""
    return {
        "balances": sorted(Balance.objects.exclude(value=0).values_list("member", "currency", "value")),
        "boards": sorted(BoardScore.objects.exclude(score=0).values_list("span", "start", "member", "score")),
        "levels": sorted(Standing.objects.exclude(level=0).values_list("member", "level", "level_progress")),
        "lots": sorted(Lot.objects.values_list("member", "amount", "remaining", "expires_on")),
    }


def points(member: Member) -> dict[str, int]:
    return dict(Balance.objects.filter(member=member).values_list("currency", "value"))


def decide(case: HoldCase, by: Member, *, release: bool, **chosen: Any) -> int:
    return holds.decide(case=case, release=release, statement="We looked.", by=by, at=timezone.now(), **chosen)


def test_what_the_search_finds_counts_no_more_until_somebody_has_looked() -> None:
    case, (one, other) = found()

    assert (case.pattern, case.waiting, case.opened_by) == ("mutual", 2, None)
    assert [points(member) for member in (one, other)] == [{"reputation": 0, "credits": 0}] * 2
    assert HeldDeed.objects.filter(case=case).count() == 12
    assert list(BoardScore.objects.exclude(score=0)) == []
    assert differences() == []


def test_the_member_is_told_by_a_letter_and_a_line_with_the_reason() -> None:
    _case, (one, _other) = found()
    hold = hold_of(one)

    letter = Letter.objects.get(member=one)
    assert letter.subject == "Some of your points are on hold"
    assert "Two members gave to one another 6 and 6 times; that is 100 %" in letter.body
    assert letter.body.endswith(f"{hold.get_absolute_url()}\n\nKundenkreis\nhttp://localhost:8000")
    line = Notification.objects.get(member=one, kind="points.held")
    assert line.facts == {"hold": hold.pk, "state": "held", "pattern": "mutual", "reputation": 24, "credits": 18}


def test_a_release_restores_everything() -> None:
    one, other = people("Tomke Brandt", "Runa Falk")
    thank(one, other, 6)
    thank(other, one, 6)
    factories.work_off()
    judge, before = clara(), projections()
    (case,) = watching.search(at=timezone.now())
    assert projections() != before

    assert decide(case, judge, release=True) == 2

    assert projections() == before
    assert set(Hold.objects.values_list("state", flat=True)) == {"released"}
    assert differences() == []


def test_what_is_kept_stays_out_and_the_member_reads_why() -> None:
    case, (one, _other) = found()
    decide(case, clara(), release=False)

    assert points(one) == {"reputation": 0, "credits": 0}
    assert Letter.objects.filter(member=one).order_by("-pk")[0].subject == "Your held points do not count"
    assert HoldCase.objects.get().waiting == 0
    assert differences() == []


def test_a_vote_taken_back_while_held_does_not_come_back_with_the_release() -> None:
    one, other = people("Tomke Brandt", "Runa Falk")
    written = thank(one, other, 6)
    thank(other, one, 6)
    factories.work_off()
    (case,) = watching.search(at=timezone.now())
    votes.cast(answer=written[0], voter=one, value=0, at=timezone.now())
    factories.work_off()

    decide(case, clara(), release=True)

    assert points(other) == {"reputation": 5 * 4, "credits": 5 * 3}
    assert differences() == []


def test_a_vote_taken_back_after_the_release_is_taken_back_exactly() -> None:
    one, other = people("Tomke Brandt", "Runa Falk")
    written = thank(one, other, 6)
    thank(other, one, 6)
    factories.work_off()
    (case,) = watching.search(at=timezone.now())
    votes.cast(answer=written[0], voter=one, value=0, at=timezone.now())
    decide(case, clara(), release=True)
    factories.work_off()
    votes.cast(answer=written[1], voter=one, value=0, at=timezone.now())
    factories.work_off()

    assert points(other) == {"reputation": 4 * 4, "credits": 4 * 3}
    chain = Entry.objects.filter(member=other, currency="reputation", activity__undone_by__isnull=False)
    assert sorted(chain.values_list("kind", flat=True)) == sorted(["grant", "hold", "release"] * 2)
    assert differences() == []


def test_what_was_decided_later_for_a_held_deed_is_held_with_it_and_comes_back_with_it() -> None:
    late = world.rule("late-thanks", verb="answer.found_helpful", reputation=2)
    late.versions.update(delay_days=1)
    case, (one, _other) = found()
    told = Notification.objects.count()

    evaluation.settle(at=timezone.now() + timedelta(days=2))

    assert points(one) == {"reputation": 0, "credits": 0}
    assert Notification.objects.count() == told
    assert differences() == []
    decide(case, clara(), release=True)
    assert points(one) == {"reputation": 6 * (4 + 2), "credits": 18}
    assert differences() == []


def test_searching_again_accuses_nobody_twice() -> None:
    case, _people = found()
    assert watching.search(at=timezone.now()) == []
    decide(case, clara(), release=True)
    assert watching.search(at=timezone.now()) == []


def test_what_lies_before_the_window_is_not_looked_at() -> None:
    one, other = people("Tomke Brandt", "Runa Falk")
    for giver, receiver in ((one, other), (other, one)):
        thank(giver, receiver, 6, at=timezone.now() - timedelta(days=31))
    factories.work_off()
    assert watching.search(at=timezone.now()) == []


def test_the_program_finds_nothing_where_managers_switched_it_off() -> None:
    from gamification.models import Guard
    from gamification.services import guards

    guards.store(guard=Guard(is_watching=False))
    one, other = people("Tomke Brandt", "Runa Falk")
    thank(one, other, 6)
    thank(other, one, 6)
    factories.work_off()
    assert watching.search(at=timezone.now()) == []


def test_a_manager_holds_by_hand_and_another_one_decides() -> None:
    (one,) = people("Tomke Brandt")
    giver, first, second = factories.member("Runa Falk"), clara(), clara("Jonte Meyer")
    thank(giver, one, 2)
    thank(factories.member(), one, 1)
    factories.work_off()

    case = holds.open_manually(
        member=one,
        since=timezone.now() - timedelta(days=2),
        note="Same sofa.",
        by=first,
        at=timezone.now(),
        giver=giver,
    )

    assert (case.opened_by, case.note, points(one)) == (first, "Same sofa.", {"reputation": 4, "credits": 3})
    with refused("second_person"):
        decide(case, first, release=True)
    decide(case, second, release=True)
    assert points(one) == {"reputation": 12, "credits": 9}
    assert differences() == []


def test_nobody_holds_their_own_points_or_what_is_not_there() -> None:
    manager = clara()
    since = timezone.now() - timedelta(days=2)
    for member, code in ((manager, "second_person"), (factories.member(), "nothing_to_hold")):
        with refused(code):
            holds.open_manually(member=member, since=since, note="", by=manager, at=timezone.now())


def test_whom_a_case_is_about_decides_nothing() -> None:
    case, (one, other) = found()
    with refused("second_person"):
        decide(case, one, release=True, members=[other.pk])


def test_a_case_can_be_decided_member_by_member() -> None:
    case, (one, other) = found()
    decide(case, clara(), release=True, members=[one.pk])
    assert [hold_of(member).state for member in (one, other)] == ["released", "held"]
    assert HoldCase.objects.get().waiting == 1


def test_an_appeal_against_a_decision_is_heard_by_somebody_else() -> None:
    case, (one, _other) = found()
    first, second = clara(), clara("Jonte Meyer")
    decide(case, first, release=False)
    hold_appeals.file(hold=hold_of(one), text="We share a kitchen.\nNot a plan.", at=timezone.now())
    assert HoldCase.objects.get().waiting == 1

    with refused("second_person"):
        decide(case, first, release=True)
    assert decide(case, second, release=True) == 1

    hold = hold_of(one)
    assert (hold.state, hold.answer, hold.answered_by, hold.decided_by) == ("released", "We looked.", second, first)
    assert points(one) == {"reputation": 24, "credits": 18}
    assert Letter.objects.filter(member=one).order_by("-pk")[0].subject == "Your held points are back"
    assert differences() == []


def test_an_appeal_before_the_decision_is_answered_by_it_and_the_only_one() -> None:
    case, (one, _other) = found()
    hold_appeals.file(hold=hold_of(one), text="We share a kitchen.", at=timezone.now())
    decide(case, clara(), release=False)

    assert HoldCase.objects.get().waiting == 0
    with refused("appealed_already"):
        hold_appeals.file(hold=hold_of(one), text="Again.", at=timezone.now())


def test_there_is_no_appeal_against_what_was_given_back_or_long_ago() -> None:
    case, (one, other) = found()
    decide(case, clara(), release=True, members=[one.pk])
    decide(case, clara("Jonte Meyer"), release=False, members=[other.pk])
    later = timezone.now() + timedelta(days=185)
    with refused("too_late"):
        hold_appeals.file(hold=hold_of(one), text="Why?", at=timezone.now())
    with refused("too_late"):
        hold_appeals.file(hold=hold_of(other), text="Why?", at=later)


def test_a_decision_is_made_once() -> None:
    case, _people = found()
    late = clara("Jonte Meyer")
    decide(case, clara(), release=True)
    with refused("decided"):
        decide(case, late, release=False)


def test_a_claim_keeps_others_away_for_ten_minutes() -> None:
    case, _people = found()
    first, second, now = clara(), clara("Jonte Meyer"), timezone.now()
    hold_claims.claim(case=case, by=first, at=now)
    hold_claims.claim(case=case, by=first, at=now)
    with refused("claimed"):
        hold_claims.claim(case=case, by=second, at=now + timedelta(minutes=9))
    hold_claims.claim(case=case, by=second, at=now + timedelta(minutes=10))


def test_the_journal_names_every_step() -> None:
    case, (one, _other) = found()
    manager, hold = clara(), hold_of(one)
    decide(case, manager, release=True, members=[one.pk])
    steps = Activity.objects.filter(subject_kind="hold", subject_id=hold.pk).order_by("pk")
    assert list(steps.values_list("verb", "actor", "facts__automated")) == [
        ("points.held", one.pk, True),
        ("points.released", manager.pk, True),
    ]
