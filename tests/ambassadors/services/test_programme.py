"""The programme: who signs and passes everything chats, who pauses or leaves does not, and nobody goes unpaid."""

from datetime import timedelta

import pytest

from ambassadors.machines import AMBASSADOR
from ambassadors.models import AgreementGiven, AgreementVersion, Ambassador, Move
from ambassadors.services import agreements, moves, programme, training
from chat.models import Responder
from chat.queries import responders
from community.models import Member, Notification, Standing
from tests import factories
from tests.ambassadors import pay_world, recruiting
from tests.ambassadors import programme_world as world
from tests.ambassadors.programme_world import DAY, NOW
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
STATES = list(AMBASSADOR.moves)


def told(member: Member) -> list[str]:
    return list(Notification.objects.filter(member=member).order_by("id").values_list("kind", flat=True))


def test_whoever_signs_and_passes_everything_is_active_has_a_tier_and_a_desk() -> None:
    version, module = world.agreement(), world.module()
    novice = world.onboarding()
    programme.sign(member=novice.member, version=version, language="de", at=NOW)
    novice.refresh_from_db()
    assert (novice.state, responders.of(novice.member)) == ("onboarding", None)

    training.attempt(module=module, member=novice.member, answers=world.right_answers(module), at=NOW)

    novice.refresh_from_db()
    assert (novice.state, novice.tier and novice.tier.position, novice.since) == ("active", 1, NOW)
    desk = responders.of(novice.member)
    assert desk is not None
    assert (desk.group, desk.is_enabled, desk.available) == ("ambassadors", True, False)
    standing = Standing.objects.get(member=novice.member)
    assert (standing.role, standing.tier) == ("ambassador", {"de": "Guide", "en": "Guide"})
    assert told(novice.member) == ["ambassador.begun", "ambassador.active"]


def test_without_a_contract_there_is_no_ambassador() -> None:
    module = world.module()
    novice = world.onboarding()
    training.attempt(module=module, member=novice.member, answers=world.right_answers(module), at=NOW)
    novice.refresh_from_db()
    assert novice.state == "onboarding"


def test_an_optional_consent_holds_nobody_up() -> None:
    contract, _consent = world.agreement(), world.agreement("consent", required=False)
    novice = world.onboarding()
    programme.sign(member=novice.member, version=contract, language="en", at=NOW)
    novice.refresh_from_db()
    assert novice.state == "active"


def test_an_application_in_onboarding_ends_with_its_ambassador_active() -> None:
    application = recruiting.submitted()
    type(application).objects.filter(pk=application.pk).update(state="onboarding")
    world.active(application.member)
    application.refresh_from_db()
    assert application.state == "active"


def test_to_take_the_contract_back_is_to_leave() -> None:
    someone = world.active()
    contract = AgreementGiven.objects.filter(member=someone.member).get().agreement
    programme.withdraw_agreement(ambassador=someone, agreement=contract, at=NOW + DAY)
    someone.refresh_from_db()
    assert (someone.state, someone.left_at) == ("alumni", NOW + DAY)
    assert responders.of(someone.member) is None
    assert AgreementGiven.objects.filter(member=someone.member).get().withdrawn_at == NOW + DAY
    assert Standing.objects.get(member=someone.member).tier == {}


def test_to_take_a_required_consent_back_is_to_pause_until_it_is_given_again() -> None:
    world.agreement()
    consent = world.agreement("consent")
    novice = world.onboarding()
    for version in AgreementVersion.objects.order_by("pk"):
        programme.sign(member=novice.member, version=version, language="en", at=NOW)
    novice.refresh_from_db()
    programme.withdraw_agreement(ambassador=novice, agreement=consent.agreement, at=NOW)
    novice.refresh_from_db()
    assert (novice.state, responders.of(novice.member)) == ("paused", None)
    with pytest.raises(programme.NotReady):
        programme.resume(ambassador=novice, by=novice.member, at=NOW)

    programme.sign(member=novice.member, version=consent, language="en", at=NOW + DAY)
    programme.resume(ambassador=novice, by=novice.member, at=NOW + DAY)

    novice.refresh_from_db()
    assert novice.state == "active"
    assert responders.of(novice.member) is not None


def test_a_pause_takes_the_desk_away_and_keeps_the_tier() -> None:
    someone = world.active()
    Responder.objects.filter(member=someone.member).update(available=True)
    programme.pause(ambassador=someone, by=someone.member, at=NOW, reason="A baby.")
    desk = Responder.objects.get(member=someone.member)
    assert (desk.is_enabled, desk.available) == (False, False)
    someone.refresh_from_db()
    assert someone.tier is not None
    assert Standing.objects.get(member=someone.member).role == ""


def test_whoever_was_paused_by_a_manager_does_not_end_it_themselves() -> None:
    someone, clara = world.active(), factories.member("Clara")
    programme.pause(ambassador=someone, by=clara, at=NOW, reason="Complaints.")
    with pytest.raises(programme.OwnPlace):
        programme.resume(ambassador=someone, by=someone.member, at=NOW)
    with refused("reason_missing"):
        programme.undo(ambassador=someone, by=clara, at=NOW, reason=" ")
    programme.undo(ambassador=someone, by=clara, at=NOW, reason="It was sorted out.")
    someone.refresh_from_db()
    assert someone.state == "active"
    assert told(someone.member)[-2:] == ["ambassador.moved", "ambassador.moved"]


def test_nobody_is_let_go_before_they_are_paid() -> None:
    someone = world.active()
    talk = pay_world.bare(someone.member)
    programme.leave(ambassador=someone, by=someone.member, at=NOW, reason="Moving abroad.")
    someone.refresh_from_db()
    assert someone.state == "leaving"
    with pytest.raises(programme.StillOwed):
        programme.finish_leaving(ambassador=someone, at=NOW)
    assert programme.let_go(at=NOW) == 0

    type(talk).objects.filter(pk=talk.pk).update(state="not_qualified")

    assert programme.let_go(at=NOW + DAY) == 1
    someone.refresh_from_db()
    assert (someone.state, someone.left_at) == ("alumni", NOW + DAY)


def test_whoever_comes_back_goes_through_it_again_with_what_they_have() -> None:
    someone = world.active()
    programme.leave(ambassador=someone, by=someone.member, at=NOW, reason="Busy.")
    programme.begin(member=someone.member, application=None, by=None, at=NOW + DAY)
    someone.refresh_from_db()
    assert (someone.state, someone.since, someone.left_at) == ("active", NOW, None)


def test_beginning_twice_is_beginning_once() -> None:
    novice = world.onboarding()
    assert programme.begin(member=novice.member, application=None, by=None, at=NOW + DAY) == novice
    assert told(novice.member) == ["ambassador.begun"]


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_each_move_that_the_machine_knows_is_made_and_no_other(before: str, after: str) -> None:
    someone = world.active()
    Ambassador.objects.filter(pk=someone.pk).update(state=before)
    someone.refresh_from_db()
    count = Move.objects.count()
    if AMBASSADOR.allows(before, after):
        move = moves.make(subject=someone, to=after, by=someone.member, at=NOW, reason="Because.")
        assert (move.before, move.after, move.reason) == (before, after, "Because.")
    else:
        with pytest.raises(moves.NotPossible):
            moves.make(subject=someone, to=after, by=someone.member, at=NOW, reason="Because.")
        someone.refresh_from_db()
        assert (someone.state, Move.objects.count()) == (before, count)


def test_an_old_version_is_not_signed_any_more_and_the_same_words_are_no_new_one() -> None:
    old, novice = world.agreement(), world.onboarding()
    same = {language: getattr(old, f"body_{language}") for language in ("de", "en")}
    assert agreements.publish(agreement=old.agreement, bodies=same, by=None, at=NOW) is None
    new = agreements.publish(agreement=old.agreement, bodies={"de": "Neu", "en": "New"}, by=None, at=NOW)
    assert new is not None
    with pytest.raises(agreements.Outdated):
        programme.sign(member=novice.member, version=old, language="en", at=NOW)
    assert not AgreementGiven.objects.filter(member=novice.member).exists()
    programme.sign(member=novice.member, version=new, language="en", at=NOW)
    programme.sign(member=novice.member, version=new, language="en", at=NOW + timedelta(minutes=1))
    given = AgreementGiven.objects.filter(member=novice.member).get()
    assert (given.digest, given.language, len(given.digest)) == (new.digest, "en", 64)
