"""Applications: begun, saved, sent with form and score as they were, moved on, taken back, withdrawn, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ambassadors import machines
from ambassadors.models import Ambassador, Application, Campaign, Criterion, Move
from ambassadors.queries import applications as queries
from ambassadors.queries import moves as moves_read
from ambassadors.queries import seat_checks
from ambassadors.services import applications, campaigns, forgetting, moves, pipeline, programme
from community.models import Activity, Member, Notification, Role
from community.services import erasure
from tests import factories
from tests.ambassadors import programme_world
from tests.ambassadors import recruiting as world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
State = Application.State


def manager() -> Member:
    return factories.member("Clara Holm", Role.MANAGER)


def told(member: Member) -> list[tuple[str, object]]:
    rows = Notification.objects.filter(member=member).order_by("pk")
    return [(row.kind, row.facts.get("state")) for row in rows]


def taken(campaign: Campaign) -> int:
    assert list(seat_checks.check()) == []
    return Campaign.objects.get(pk=campaign.pk).taken


def test_a_draft_is_begun_once_and_grows_with_each_save() -> None:
    campaign, lena, at = world.campaign(), factories.member(), timezone.now()
    first, again = world.draft(campaign, lena), world.draft(campaign, lena)
    applications.save(application=first, answers=world.answers(campaign, "I"), version=0, at=at)
    assert (again.pk, first.version, first.answers) == (first.pk, 1, world.answers(campaign, "I"))


def test_the_same_answers_again_are_no_conflict_and_others_are() -> None:
    campaign, at = world.campaign(), timezone.now()
    draft = world.draft(campaign)
    applications.save(application=draft, answers=world.answers(campaign, "one"), version=0, at=at)
    applications.save(application=draft, answers=world.answers(campaign, "one"), version=0, at=at)
    with refused("draft_conflict"):
        applications.save(application=draft, answers=world.answers(campaign, "two"), version=0, at=at)


def test_there_is_one_open_application_of_a_member_to_a_campaign() -> None:
    begun = world.draft(world.campaign())
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            campaign=begun.campaign, member=begun.member, saved_at=begun.saved_at, moved_at=begun.moved_at
        )


def test_what_is_sent_keeps_form_answers_and_an_explained_score() -> None:
    lena = factories.member()
    factories.accepted_answer(author=lena)
    lena.refresh_from_db()
    sent = Application.objects.get(pk=world.submitted(member=lena).pk)
    terms = [(term["name"], term["value"], term["points"], term["weight"]) for term in sent.terms]
    assert (sent.state, sent.score, terms) == (
        State.SUBMITTED,
        Decimal("30.0"),
        [("accepted", 1, "20.0", 40), ("clear", 1, "10.0", 10)],
    )
    said = [(one.label, one.words) for one in queries.said(sent, "en")]
    sent.campaign.questions.all().delete()
    assert said == [("Why?", (world.WHY,)), ("Language", ("English",))]
    assert [one.label for one in queries.said(sent, "de")] == ["Warum?", "Sprache"]
    assert told(lena)[-1] == ("application.moved", "submitted")


def test_who_may_not_apply_is_told_why() -> None:
    lena, at = factories.member("Lena Sommer"), timezone.now()
    for closed in (world.campaign(closes_at=at - timedelta(minutes=1)), world.campaign(is_public=False)):
        with refused("campaign_closed"):
            world.draft(closed, lena)
    campaign, mara = world.campaign(), factories.ambassador()
    with refused("already_ambassador"):
        world.draft(campaign, mara)
    novice = programme_world.onboarding().member
    with refused("already_ambassador"):
        world.draft(campaign, novice)


def test_an_application_without_an_answer_a_criterion_or_a_window_is_not_sent() -> None:
    campaign, at = world.campaign(), timezone.now()
    draft = world.draft(campaign)

    def send(answers: dict[str, object], moment: datetime | None = None) -> Callable[[], object]:
        return lambda: applications.submit(application=draft, answers=answers, version=0, at=moment or at)

    first, second = campaign.questions.order_by("position")
    with refused("answers_missing"):
        send({second.name: 0})()
    with refused("bad_answers"):
        send({first.name: "Yes", second.name: 7})()
    with refused("bad_answers"):
        send({first.name: "Yes", "999": "?"})()
    with refused("campaign_closed"):
        send(world.answers(campaign), at + 11 * world.DAY)()
    Criterion.objects.filter(campaign=campaign, metric="accepted").update(must=True)
    with refused("criteria_not_met"):
        send(world.answers(campaign))()


def test_the_way_to_the_offer_and_beyond_tells_the_applicant_each_step_with_its_reason() -> None:
    clara, sent = manager(), world.submitted()
    world.moved(sent, clara, "screened", "interview", "offered", "accepted", "onboarding")
    steps = [(move.before, move.after, move.by_id) for move in moves_read.history(sent)]
    lena = sent.member_id
    assert steps == [
        ("draft", "submitted", lena),
        ("submitted", "screened", clara.pk),
        ("screened", "interview", clara.pk),
        ("interview", "offered", clara.pk),
        ("offered", "accepted", lena),
        ("accepted", "onboarding", clara.pk),
    ]
    rows = Notification.objects.filter(member=sent.member, kind="application.moved").order_by("pk")
    assert [(row.facts["state"], row.facts["words"]) for row in rows] == [
        ("submitted", ""),
        *((state, "We liked it.") for state in ("screened", "interview", "offered")),
        ("accepted", ""),
        ("onboarding", "We liked it."),
    ]
    whys = [move.reason or move.cause for move in moves_read.history(sent)]
    assert whys == ["sent", *["We liked it."] * 3, "offer_taken", "We liked it."]
    assert taken(sent.campaign) == 1


def test_an_application_that_is_rejected_after_the_offer_comes_back_to_it_while_there_is_a_seat() -> None:
    clara, campaign = manager(), world.campaign(seats=1)
    first, second = world.submitted(campaign), world.submitted(campaign)
    world.moved(first, clara, "screened", "offered", "rejected", reason="Somebody else was quicker.")
    world.moved(second, clara, "screened", "offered")
    with refused("no_seat_left"):
        pipeline.undo(application=first, by=clara, at=timezone.now(), reason="My mistake.")
    applications.withdraw(application=second, at=timezone.now())
    first.refresh_from_db()
    pipeline.undo(application=first, by=clara, at=timezone.now(), reason="My mistake.")
    assert (first.state, taken(campaign), told(first.member)[-1]) == ("offered", 1, ("application.reopened", "offered"))


def test_each_allowed_move_is_made_and_every_other_one_refused() -> None:
    sent, by, at = world.draft(world.campaign()), manager(), timezone.now()
    ways = {(before, after) for before in machines.APPLICATION.moves for after in machines.APPLICATION.moves}
    made = set()
    for before, after in sorted(ways):
        Application.objects.filter(pk=sent.pk).update(state=before)
        sent.state = before
        try:
            move = moves.make(subject=sent, to=after, by=by, at=at, reason="So.")
        except moves.NotPossible:
            assert Application.objects.get(pk=sent.pk).state == before
        else:
            made.add((move.before, move.after))
            assert Application.objects.get(pk=sent.pk).state == after
    assert made == {(before, after) for before, after in ways if machines.APPLICATION.allows(before, after)}


def test_the_brand_takes_no_offer_for_somebody_and_nobody_decides_about_themselves() -> None:
    clara = manager()
    offered = world.moved(world.submitted(), clara, "screened", "offered")
    for state in ("accepted", "withdrawn", "active", "submitted"):
        with refused("move_not_possible"):
            pipeline.move(application=offered, to=state, by=clara, at=timezone.now(), reason="So.")
    own = world.submitted(member=clara)
    with refused("own_application"):
        pipeline.move(application=own, to="screened", by=clara, at=timezone.now())


@pytest.mark.parametrize("to", ["screened", "rejected"])
def test_a_move_without_a_reason_is_none(to: str) -> None:
    sent, clara = world.submitted(), manager()
    with refused("reason_missing"):
        pipeline.move(application=sent, to=to, by=clara, at=timezone.now(), reason=" ")


def test_a_move_that_was_read_before_another_one_is_refused() -> None:
    sent, clara = world.submitted(), manager()
    stale = Application.objects.get(pk=sent.pk)
    world.moved(sent, clara, "screened")
    with refused("moved_meanwhile"):
        pipeline.move(application=stale, to="screened", by=clara, at=timezone.now(), reason="So.")


def test_what_is_taken_back_is_told_and_gives_its_seat_back() -> None:
    clara, sent = manager(), world.submitted()
    world.moved(sent, clara, "screened", "offered")
    held = taken(sent.campaign)
    pipeline.undo(application=sent, by=clara, at=timezone.now(), reason="My mistake.")
    assert (held, taken(sent.campaign), sent.state) == (1, 0, "screened")
    assert told(sent.member)[-2:] == [("application.moved", "screened"), ("application.reopened", "screened")]
    with refused("move_not_possible"):
        pipeline.undo(application=sent, by=clara, at=timezone.now(), reason="My mistake.")


def test_a_rejection_is_not_taken_back_once_they_applied_anew() -> None:
    clara, sent = manager(), world.submitted()
    world.moved(sent, clara, "rejected")
    world.draft(sent.campaign, sent.member)
    with refused("another_application_open"):
        pipeline.undo(application=sent, by=clara, at=timezone.now(), reason="My mistake.")


def test_there_are_never_more_offers_than_seats() -> None:
    clara, campaign = manager(), world.campaign(seats=1)
    first, second = world.submitted(campaign), world.submitted(campaign)
    world.moved(first, clara, "screened", "offered")
    world.moved(second, clara, "screened")
    with refused("no_seat_left"):
        world.moved(second, clara, "offered")
    applications.withdraw(application=first, at=timezone.now(), reason="A new job.")
    second.refresh_from_db()
    world.moved(second, clara, "offered")
    assert taken(campaign) == 1


def test_a_campaign_does_not_shrink_below_what_is_promised() -> None:
    clara, campaign = manager(), world.campaign(seats=1)
    world.moved(world.submitted(campaign), clara, "screened", "offered")
    campaign.refresh_from_db()
    campaign.seats = 0
    with refused("too_few_seats"):
        campaigns.store(campaign=campaign)


def test_withdrawing_ends_it_and_lets_one_apply_again() -> None:
    sent = world.submitted()
    applications.withdraw(application=sent, at=timezone.now(), reason="No time.")
    verbs = Activity.objects.filter(subject_kind="application", subject_id=sent.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["application.submitted", "application.withdrawn"]
    assert world.draft(sent.campaign, sent.member).pk != sent.pk
    with refused("move_not_possible"):
        applications.withdraw(application=sent, at=timezone.now())


def test_what_ended_goes_after_its_term_with_what_was_told_of_it() -> None:
    clara, at = manager(), timezone.now()
    long_ago = at - timedelta(days=200)
    old = world.submitted(world.campaign(at=long_ago), at=long_ago)
    pipeline.move(application=old, to="rejected", by=clara, at=long_ago, reason="Not yet.")
    kept = world.moved(world.submitted(), clara, "rejected")
    open_one = world.submitted(old.campaign.__class__.objects.get(pk=kept.campaign_id))
    forgetting.purge(forgetting.outlived(at - timedelta(days=180)))
    assert set(Application.objects.values_list("pk", flat=True)) == {kept.pk, open_one.pk}
    assert not Notification.objects.filter(facts__application=old.pk).exists()
    assert not Move.objects.filter(kind="application", subject_id=old.pk).exists()


def test_who_is_erased_leaves_no_application_and_a_free_seat() -> None:
    clara, sent = manager(), world.submitted()
    world.moved(sent, clara, "screened", "offered")
    erasure.erase(member=sent.member, by=sent.member, at=timezone.now())
    assert (Application.objects.count(), taken(sent.campaign)) == (0, 0)


def test_who_withdraws_from_the_onboarding_leaves_the_programme_as_well() -> None:
    clara, sent = manager(), world.submitted()
    world.moved(sent, clara, "screened", "offered", "accepted", "onboarding")
    held = taken(sent.campaign)
    pipeline.withdraw(application=sent, at=timezone.now(), reason="A new job.")
    states = (Ambassador.objects.get().state, Application.objects.get().state)
    assert (held, states, taken(sent.campaign)) == (1, ("alumni", "withdrawn"), 0)


def test_an_onboarding_that_the_brand_ends_says_who_did_it_and_tells_why() -> None:
    clara, sent = manager(), world.submitted()
    programme_world.agreement()
    world.moved(sent, clara, "screened", "offered", "accepted", "onboarding")
    place = Ambassador.objects.get(member=sent.member)
    programme.leave(ambassador=place, by=clara, at=timezone.now(), reason="We take a year off.")
    last = moves_read.history(sent)[-1]
    assert (last.after, last.by, last.reason) == ("withdrawn", clara, "We take a year off.")
    row = Notification.objects.filter(member=sent.member).latest("pk")
    assert (row.kind, row.facts["words"]) == ("ambassador.moved", "We take a year off.")
    assert taken(sent.campaign) == 0
