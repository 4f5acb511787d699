"""The programme: begin, sign, become active, pause, come back, leave. The desk in the chat follows each step."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Agreement, AgreementVersion, Ambassador, Application, Move, TrainingModule
from ambassadors.queries import programme as queries
from ambassadors.services import agreements, applications, moves, programme_telling, tiers
from chat.models import Responder
from chat.services import availability, responders
from community import activity
from community.models import Member, Role
from community.refusals import Refusal
from community.services import roles

State = Ambassador.State
#: Between the first day and the last.
PRESENT = (State.ACTIVE, State.PAUSED)


class NotReady(Refusal):
    """Something that chatting asks for is not signed or not passed."""

    code = "ambassador_not_ready"
    message = _("Not everything is signed and passed that is needed for this.")


class StillOwed(Refusal):
    """Nobody is let go before everything is paid."""

    code = "ambassador_still_owed"
    message = _("Something is still owed. It is paid first.")


class OwnPlace(Refusal):
    """Nobody decides about themselves."""

    code = "ambassador_own_place"
    message = _("Somebody else has to decide about your own place in the programme.")
    status = 403


@transaction.atomic
def begin(*, member: Member, application: Application | None, by: Member | None, at: datetime) -> Ambassador:
    """Let the member begin the onboarding; whoever was one before comes back to the same place. Twice is once.

    Raises ``moves.NotPossible`` where somebody is leaving.
    """
    made, is_new = Ambassador.objects.get_or_create(member=member, defaults={"begun_at": at})
    if not is_new and made.state in (State.ONBOARDING, *PRESENT):
        return made
    if not is_new:
        moves.make(subject=made, to=State.ONBOARDING, by=by, at=at)
        _store(made, begun_at=at, left_at=None, tier=None, tier_until=None, grace_until=None)
    programme_telling.begun(made, at=at)
    # Whoever left and comes back may have everything already.
    activate_if_ready(member=member, at=at)
    return made


@transaction.atomic
def sign(*, member: Member, version: AgreementVersion, language: str, at: datetime) -> None:
    """Agree to one text; whoever lacks nothing else is active from then on. Raises ``agreements.Outdated``."""
    agreements.give(member=member, version=version, language=language, at=at)
    activate_if_ready(member=member, at=at)


@transaction.atomic
def withdraw_agreement(*, ambassador: Ambassador, agreement: Agreement, at: datetime) -> None:
    """Take back what was agreed to. Without the contract one leaves; without another required text one pauses.

    Raises ``agreements.NotGiven``.
    """
    ambassador = _locked(ambassador)
    agreements.end(member=ambassador.member, agreement=agreement, at=at)
    with override(ambassador.member.language):
        reason = gettext("Took back: %(title)s") % {"title": agreement.title}
    if agreement.kind == Agreement.Kind.CONTRACT and ambassador.state in (State.ONBOARDING, *PRESENT):
        leave(ambassador=ambassador, by=ambassador.member, at=at, reason=reason)
    elif agreement.is_required and ambassador.state == State.ACTIVE:
        pause(ambassador=ambassador, by=ambassador.member, at=at, reason=reason)


@transaction.atomic
def activate_if_ready(*, member: Member, at: datetime) -> bool:
    """Make somebody active who is in onboarding and lacks nothing; return whether they are now."""
    # Signing and passing at once take turns: the later of the two sees both.
    found = Ambassador.objects.select_for_update(of=("self",)).filter(member=member).first()
    if found is None or found.state != State.ONBOARDING or not queries.is_ready(member):
        return False
    tiers.begin(ambassador=found, at=at)
    _store(found, since=found.since or at, left_at=None)
    move = moves.make(subject=found, to=State.ACTIVE, by=None, at=at)
    _open_desk(found, at=at)
    activity.record(
        verb=activity.AMBASSADOR_ACTIVE,
        key=f"{activity.AMBASSADOR_ACTIVE}:{move.pk}",
        actor=member,
        subject=("ambassador", found.pk),
        at=at,
        facts={"tier": found.tier_id},
    )
    programme_telling.active(found, at=at)
    applications.finish(ambassador=found, at=at)
    return True


@transaction.atomic
def pause(*, ambassador: Ambassador, by: Member, at: datetime, reason: str) -> Move:
    """Rest for a while: no new talk, the tier stays. Raises what ``moves.make`` raises, and ``OwnPlace``."""
    return _step(ambassador, State.PAUSED, by=by, at=at, reason=reason)


@transaction.atomic
def resume(*, ambassador: Ambassador, by: Member, at: datetime, reason: str = "") -> Move:
    """Go on after a pause; whose place it is needs no reason. Raises ``NotReady`` and what ``moves.make`` raises."""
    if not queries.is_ready(ambassador.member):
        raise NotReady
    return _step(ambassador, State.ACTIVE, by=by, at=at, reason=reason)


@transaction.atomic
def rest_unready(*, member: Member, module: TrainingModule, at: datetime) -> None:
    """Pause an active ambassador whose proof of a required ``module`` is void; they go on once they have passed it."""
    rows = Ambassador.objects.select_for_update(of=("self",)).select_related("member")
    found = rows.filter(member=member, state=State.ACTIVE).first()
    if found is None or queries.is_ready(member):
        return
    with override(member.language):
        reason = gettext("The training has to be renewed: %(title)s") % {"title": module.title}
    _step(found, State.PAUSED, by=None, at=at, reason=reason)


@transaction.atomic
def leave(*, ambassador: Ambassador, by: Member, at: datetime, reason: str = "", cause: str = "") -> Move:
    """Leave: no new talk from now on, and the end comes when everything is paid. Raises what ``moves.make`` raises."""
    if ambassador.state == State.ONBOARDING:
        cause = cause or Move.Cause.TRAINING_LEFT
        move = _step(ambassador, State.ALUMNI, by=by, at=at, reason=reason, cause=cause)
        _store(ambassador, left_at=at)
        for application in Application.objects.filter(member=ambassador.member, state=Application.State.ONBOARDING):
            applications.withdraw(application=application, at=at, reason=reason, by=by)
        return move
    move = _step(ambassador, State.LEAVING, by=by, at=at, reason=reason, cause=cause)
    if queries.owes_nothing(ambassador.member):
        finish_leaving(ambassador=ambassador, at=at)
    return move


@transaction.atomic
def finish_leaving(*, ambassador: Ambassador, at: datetime) -> Move:
    """Let somebody go once nothing is owed. Raises ``StillOwed`` and what ``moves.make`` raises."""
    if not queries.owes_nothing(ambassador.member):
        raise StillOwed
    move = moves.make(subject=ambassador, to=State.ALUMNI, by=None, at=at)
    _store(ambassador, left_at=at, tier_until=None, grace_until=None)
    tiers.show(ambassador)
    programme_telling.moved(ambassador, move, at=at)
    return move


@transaction.atomic
def undo(*, ambassador: Ambassador, by: Member, at: datetime, reason: str) -> Move:
    """Take the last pause or farewell back. Raises ``NotReady`` and what ``moves.undo`` raises."""
    move = moves.undo(subject=ambassador, by=by, at=at, reason=reason)
    if move.after == State.ACTIVE and not queries.is_ready(ambassador.member):
        raise NotReady
    _follow(ambassador, at=at)
    programme_telling.moved(ambassador, move, at=at)
    return move


def forget(member: Member, at: datetime) -> None:
    """End the place of somebody who deletes their account; the rows stay as evidence of what was paid and why."""
    found = Ambassador.objects.select_related("member").filter(member=member).first()
    if found is not None and found.state in (State.ONBOARDING, *PRESENT):
        leave(ambassador=found, by=member, at=at, cause=Move.Cause.ACCOUNT_DELETED)


def let_go(*, at: datetime) -> int:
    """Let everybody go who is leaving and is owed nothing any more; return how many."""
    gone = 0
    for ambassador in Ambassador.objects.filter(state=State.LEAVING).select_related("member").order_by("pk"):
        if queries.owes_nothing(ambassador.member):
            finish_leaving(ambassador=ambassador, at=at)
            gone += 1
    return gone


def _step(ambassador: Ambassador, to: str, *, by: Member | None, at: datetime, reason: str, cause: str = "") -> Move:
    if by is not None and by.pk == ambassador.member_id and to == State.ACTIVE and _paused_by_other(ambassador):
        raise OwnPlace
    move = moves.make(subject=ambassador, to=to, by=by, at=at, reason=reason, cause=cause)
    _follow(ambassador, at=at)
    programme_telling.moved(ambassador, move, at=at)
    return move


def _paused_by_other(ambassador: Ambassador) -> bool:
    last = moves.latest(ambassador)
    return last is not None and last.by_id not in (None, ambassador.member_id)


def _follow(ambassador: Ambassador, *, at: datetime) -> None:
    if ambassador.state == State.ACTIVE:
        _open_desk(ambassador, at=at)
    else:
        _close_desk(ambassador, at=at)


def _open_desk(ambassador: Ambassador, *, at: datetime) -> None:
    """Give the role and a desk in the chat; it is switched off until its owner switches it on."""
    member = ambassador.member
    roles.grant(member=member, role=Role.AMBASSADOR, by=None, at=at)
    tiers.show(ambassador)
    desk = Responder.objects.filter(member=member).first()
    if desk is None:
        desk = Responder(member=member, group=Responder.Group.AMBASSADORS, languages=[member.language])
    if desk.group == Responder.Group.AMBASSADORS:
        desk.is_enabled = True
        responders.store(responder=desk)


def _close_desk(ambassador: Ambassador, *, at: datetime) -> None:
    """Take desk and role away. Talks that are under way are brought to their end by whoever has them."""
    desk = Responder.objects.filter(member=ambassador.member, group=Responder.Group.AMBASSADORS).first()
    if desk is not None:
        availability.change(responder=desk, at=at, available=False)
        Responder.objects.filter(pk=desk.pk).update(is_enabled=False)
    roles.withdraw(member=ambassador.member, role=Role.AMBASSADOR)
    tiers.show(ambassador)


def _locked(ambassador: Ambassador) -> Ambassador:
    return Ambassador.objects.select_for_update(of=("self",)).select_related("member").get(pk=ambassador.pk)


def _store(ambassador: Ambassador, **fields: object) -> None:
    for name, value in fields.items():
        setattr(ambassador, name, value)
    Ambassador.objects.filter(pk=ambassador.pk).update(**fields)
